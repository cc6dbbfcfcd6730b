package io.clusterspring.actuate;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.autoconfigure.StompAutoConfiguration;
import io.clusterspring.channel.Channels;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.stomp.BridgeObserver;
import io.clusterspring.stomp.ClusterUsers;

/**
 * Auto-configuration for observations of messages and handlers, if the application
 * observes.
 */
@AutoConfiguration(
		after = { PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, StompAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
final class ClusterObservationAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(PubSub.class)
	static class OfTopics {

		@Bean
		@ConditionalOnMissingBean(MessageObserver.class)
		ObservedMessages observedMessages(ObservationRegistry registry) {
			return new ObservedMessages(new CrossingObservations(registry, "cluster.topic"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Channels.class)
	static class OfChannels {

		@Bean
		@ConditionalOnMissingBean
		ObservedChannels observedChannels(ObservationRegistry registry) {
			return new ObservedChannels(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ClusterUsers.class)
	static class OfStomp {

		@Bean
		@ConditionalOnMissingBean(BridgeObserver.class)
		ObservedBridge observedBridge(ObservationRegistry registry) {
			return new ObservedBridge(new CrossingObservations(registry, "cluster.destination"));
		}

	}

}
