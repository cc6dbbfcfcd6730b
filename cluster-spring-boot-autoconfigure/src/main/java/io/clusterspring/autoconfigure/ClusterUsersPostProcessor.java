package io.clusterspring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.simp.user.MultiServerUserRegistry;
import org.springframework.messaging.simp.user.SimpUserRegistry;

import io.clusterspring.stomp.ClusterUsers;

/**
 * Puts the users of all nodes where Spring has those of one: whoever asks for the user
 * registry, Spring's own beans included, gets the one of the cluster.
 */
class ClusterUsersPostProcessor implements BeanPostProcessor {

	private static final String REGISTRY_BEAN_NAME = "userRegistry";

	private final ObjectProvider<ClusterUsers> users;

	ClusterUsersPostProcessor(ObjectProvider<ClusterUsers> users) {
		this.users = users;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (beanName.equals(REGISTRY_BEAN_NAME) && bean instanceof SimpUserRegistry registry
				&& !(bean instanceof MultiServerUserRegistry)) {
			return this.users.getObject().over(registry);
		}
		if (bean.getClass() == DefaultUserDestinationResolver.class) {
			return this.users.getObject().over((DefaultUserDestinationResolver) bean);
		}
		return bean;
	}

}
