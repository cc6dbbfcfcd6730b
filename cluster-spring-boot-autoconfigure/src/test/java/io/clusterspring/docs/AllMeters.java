package io.clusterspring.docs;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.util.ClassUtils;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.IdleApplication;
import io.clusterspring.http.events.TopicEventsAuthorizer;
import io.clusterspring.http.publish.TopicPublishAuthorizer;

/**
 * All meters of a node that uses everything.
 */
final class AllMeters {

	private AllMeters() {
	}

	/** Register the meters, with the values of that moment, and end the node. */
	static void bindTo(MeterRegistry registry) {
		run(registry, (context) -> {
		});
	}

	/** Register the meters, and those of observations, of a node that is then used. */
	static void run(MeterRegistry registry, Consumer<ApplicationContext> use) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		new WebApplicationContextRunner().withBean(ObservationRegistry.class, () -> observations)
			.withConfiguration(AutoConfigurations.of(autoConfigurations()))
			.withUserConfiguration(Application.class)
			.withPropertyValues("cluster.transport=local", "cluster.name=meters", "cluster.node=n1@local",
					"cluster.history.rooms.topics=room:*", "cluster.http.publish.enabled=true",
					"cluster.http.events.enabled=true")
			.run((context) -> {
				context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				use.accept(context);
			});
	}

	private static Class<?>[] autoConfigurations() {
		Stream<String> own = ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.clusterspring."));
		return Stream.concat(own, Stream.of(JacksonAutoConfiguration.class.getName()))
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.toArray(Class<?>[]::new);
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
		TopicEventsAuthorizer eventsAuthorizer() {
			return (topic, request) -> SocketAuthorization.accept();
		}

		@Bean
		TopicPublishAuthorizer publishAuthorizer() {
			return (topic, request) -> true;
		}

		@Bean
		DistributedApplication invoices() {
			return new IdleApplication("invoices");
		}

	}

}
