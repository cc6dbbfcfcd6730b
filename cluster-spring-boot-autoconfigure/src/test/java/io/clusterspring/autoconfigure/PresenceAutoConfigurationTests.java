package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.Message;
import org.springframework.web.socket.WebSocketHandler;

import io.clusterspring.Cluster;
import io.clusterspring.actuate.ClusterActuatorAutoConfiguration;
import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.presence.Presence;
import io.clusterspring.presence.PresenceChange;
import io.clusterspring.presence.PresenceFetcher;
import io.clusterspring.pubsub.PubSub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PresenceAutoConfiguration}.
 */
class PresenceAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				PresenceAutoConfiguration.class, ClusterActuatorAutoConfiguration.class,
				JacksonAutoConfiguration.class))
		.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);

	@Test
	void applicationTracksListsAndHearsOfChanges() {
		this.runner.withUserConfiguration(Listener.class, Names.class).run((context) -> {
			Presence presence = context.getBean(Presence.class);
			presence.track(this, "jobs:1", "worker", Map.of("load", 1));
			assertThat(presence.list("jobs:1").get("worker").data()).isEqualTo(Map.of("name", "The worker"));
			List<PresenceChange> changes = context.getBean(Listener.class).changes;
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> changes.size() == 1);
			assertThat(changes.get(0).joins()).containsOnlyKeys("worker");
		});
	}

	@Test
	void propertiesAreApplied() {
		this.runner
			.withPropertyValues("cluster.presence.page-size=1KB", "cluster.presence.heartbeat-interval=3s",
					"cluster.presence.diff-interval=0", "cluster.presence.delta-interval=7ms",
					"cluster.presence.queue-capacity=9")
			.run((context) -> assertThat(WebSettings.presence(context.getBean(ClusterProperties.class).presence()))
				.hasToString("PresenceLimits[heartbeat=PT3S, deltaInterval=PT0.007S, diffInterval=PT0S, "
						+ "queueCapacity=9, pageSize=1024]"));
	}

	@Test
	void itCanBeTurnedOff() {
		this.runner.withPropertyValues("cluster.presence.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(PubSub.class).doesNotHaveBean(Presence.class));
	}

	@Test
	void ownPresenceReplacesIt() {
		this.runner.withBean(Presence.class, () -> mock(Presence.class))
			.run((context) -> assertThat(context).hasSingleBean(Presence.class)
				.doesNotHaveBean(ClusterPresence.class)
				.hasSingleBean(Cluster.class));
	}

	@Test
	void itWorksWithoutWebSocketsAndMessaging() {
		this.runner.withClassLoader(new FilteredClassLoader(WebSocketHandler.class, Message.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ClusterPresence.class));
	}

	@Test
	void itHasMeters() {
		this.runner.run((context) -> {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean("presenceMetrics", MeterBinder.class).bindTo(registry);
			context.getBean(Presence.class).track(this, "jobs:1", "worker", Map.of());
			assertThat(registry.get("cluster.presence.entries").gauge().value()).isEqualTo(1);
			assertThat(registry.get("cluster.presence.topics").gauge().value()).isEqualTo(1);
			assertThat(registry.get("cluster.presence.changes").functionCounter().count()).isEqualTo(1);
			assertThat(registry.get("cluster.presence.requests").functionCounter().count()).isZero();
			for (String queue : List.of("writes", "messages", "changes", "events")) {
				assertThat(registry.get("cluster.presence.dropped").tag("queue", queue).functionCounter().count())
					.isZero();
			}
		});
	}

	static class Listener {

		private final List<PresenceChange> changes = new CopyOnWriteArrayList<>();

		@EventListener
		void on(PresenceChange change) {
			this.changes.add(change);
		}

	}

	static class Names {

		@Bean
		PresenceFetcher names() {
			return (topic, keys) -> Map.of("worker", Map.of("name", "The worker"));
		}

	}

}
