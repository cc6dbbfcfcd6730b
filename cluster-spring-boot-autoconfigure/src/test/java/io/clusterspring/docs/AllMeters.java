package io.clusterspring.docs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.actuate.ClusterActuatorAutoConfiguration;
import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.DrainAutoConfiguration;
import io.clusterspring.autoconfigure.FailoverAutoConfiguration;
import io.clusterspring.autoconfigure.PresenceAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.autoconfigure.StompAutoConfiguration;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.StartReason;

/**
 * All meters of a node that uses everything.
 */
final class AllMeters {

	private AllMeters() {
	}

	/** Register the meters, with the values of that moment, and end the node. */
	static void bindTo(MeterRegistry registry) {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
					ChannelAutoConfiguration.class, StompAutoConfiguration.class, PresenceAutoConfiguration.class,
					DrainAutoConfiguration.class, FailoverAutoConfiguration.class,
					ClusterActuatorAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withUserConfiguration(Application.class)
			.withPropertyValues("cluster.transport=local", "cluster.name=meters", "cluster.node=n1@local",
					"cluster.history.rooms.topics=room:*")
			.run((context) -> context.getBeansOfType(MeterBinder.class)
				.values()
				.forEach((binder) -> binder.bindTo(registry)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Application implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

		@Bean
		DistributedApplication invoices() {
			return new DistributedApplication() {

				@Override
				public String name() {
					return "invoices";
				}

				@Override
				public void start(StartReason reason) {
				}

				@Override
				public void stop() {
				}

			};
		}

	}

}
