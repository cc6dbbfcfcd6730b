package io.clusterspring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.simp.user.MultiServerUserRegistry;
import org.springframework.messaging.simp.user.SimpUserRegistry;

import io.clusterspring.stomp.ClusterUsers;

/**
 * Replaces Spring's user registry, which has the users of one node, by the registry of
 * the cluster. All beans that use the registry get it, Spring's own included.
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
