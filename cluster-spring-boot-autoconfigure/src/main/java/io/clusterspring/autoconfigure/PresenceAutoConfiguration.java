package io.clusterspring.autoconfigure;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.presence.Presence;
import io.clusterspring.presence.PresenceFetcher;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for presence.
 */
@AutoConfiguration(after = { PubSubAutoConfiguration.class, ChannelAutoConfiguration.class })
@ConditionalOnClass(ClusterPresence.class)
@ConditionalOnBean({ ClusterWire.class, PubSub.class })
@ConditionalOnBooleanProperty(name = "cluster.presence.enabled", matchIfMissing = true)
@Import(ChannelAutoConfiguration.Deliveries.class)
public final class PresenceAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(Presence.class)
	ClusterPresence presence(ClusterWire wire, PubSub pubSub, PayloadCodec codec,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor,
			@Qualifier(ChannelAutoConfiguration.DELIVERY_EXECUTOR_BEAN_NAME) Executor deliveries,
			ClusterProperties properties, ObjectProvider<PresenceFetcher> fetcher,
			ApplicationEventPublisher publisher) {
		return new ClusterPresence(wire, pubSub, codec, executor, deliveries,
				WebSettings.presence(properties.presence()), properties.presence().serverOnlyTopics(),
				fetcher::getIfAvailable, publisher::publishEvent);
	}

}
