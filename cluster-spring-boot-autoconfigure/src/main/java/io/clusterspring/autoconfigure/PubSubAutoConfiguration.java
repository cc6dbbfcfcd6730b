package io.clusterspring.autoconfigure;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Cluster;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.interest.Audience;
import io.clusterspring.interest.Interests;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;
import io.clusterspring.pubsub.TopicListenerRegistrar;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for topics.
 */
@AutoConfiguration(after = ClusterAutoConfiguration.class,
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBean({ ClusterWire.class, Cluster.class })
public final class PubSubAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PayloadCodec payloadCodec(ObjectProvider<JsonMapper> mapper) {
		return new JacksonPayloadCodec(mapper.getIfAvailable(JsonMapper::shared));
	}

	@Bean
	@ConditionalOnMissingBean({ ClusterHistory.class, PubSub.class })
	ClusterHistory clusterHistory(ClusterWire wire, ClusterProperties properties) {
		return new ClusterHistory(wire, properties.histories());
	}

	@Bean
	@ConditionalOnMissingBean({ Interests.class, PubSub.class })
	@ConditionalOnBooleanProperty(name = "cluster.pubsub.routing.enabled", matchIfMissing = true)
	Interests clusterInterests(ClusterWire wire, ClusterProperties properties) {
		return new Interests(wire, properties.pubsub().routing().settings());
	}

	@Bean
	@ConditionalOnMissingBean(PubSub.class)
	ClusterPubSub pubSub(ClusterWire wire, ObjectProvider<Interests> interests, PayloadCodec codec,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor, ClusterProperties properties,
			ObjectProvider<MessageObserver> observer, ClusterHistory history, ApplicationEventPublisher publisher) {
		Audience audience = interests.getIfAvailable();
		return new ClusterPubSub(wire, (audience != null) ? audience : Audience.EVERYONE, codec, executor,
				properties.pubsub().mailboxCapacity(), observer.getIfAvailable(() -> MessageObserver.NONE), history,
				new GapEvents(publisher));
	}

	@Bean
	static TopicListenerRegistrar topicListenerRegistrar(ConfigurableBeanFactory beanFactory,
			ObjectProvider<PubSub> pubSub, ObjectProvider<PayloadCodec> codec) {
		return new TopicListenerRegistrar(beanFactory, pubSub, codec);
	}

	@Bean
	static SingletonCheck topicListenerSingletonCheck(ConfigurableListableBeanFactory beanFactory) {
		return new SingletonCheck(beanFactory, TopicListener.class);
	}

}
