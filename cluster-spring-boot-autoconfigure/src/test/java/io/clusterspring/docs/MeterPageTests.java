package io.clusterspring.docs;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page about meters.
 */
class MeterPageTests {

	@Test
	void thePageHasAllMetersAndNoOthers() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
					ChannelAutoConfiguration.class, StompAutoConfiguration.class, PresenceAutoConfiguration.class,
					DrainAutoConfiguration.class, FailoverAutoConfiguration.class,
					ClusterActuatorAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withUserConfiguration(Application.class)
			.withPropertyValues("cluster.transport=local", "cluster.name=meters", "cluster.node=n1@local",
					"cluster.history.rooms.topics=room:*")
			.run((context) -> {
				SimpleMeterRegistry registry = new SimpleMeterRegistry();
				context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				Set<String> registered = new TreeSet<>();
				registry.getMeters().forEach((meter) -> registered.add(meter.getId().getName()));
				assertThat(onPage()).containsExactlyInAnyOrderElementsOf(registered);
			});
	}

	private static Set<String> onPage() {
		Pattern name = Pattern.compile("`(cluster\\.[a-z.-]+)`");
		Set<String> names = new TreeSet<>();
		Page.of("docs/meters.md")
			.lines()
			.stream()
			.dropWhile((line) -> !line.equals("## Meters"))
			.filter((line) -> line.startsWith("| `cluster."))
			.map((line) -> line.split(" \\| ")[0])
			.forEach((cell) -> name.matcher(cell).results().forEach((match) -> names.add(match.group(1))));
		return names;
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
