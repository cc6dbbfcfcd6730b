package io.clusterspring.actuate;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.clusterspring.Cluster;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.history.CatchUp;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.HistorySubscription;
import io.clusterspring.pubsub.PubSub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for what endpoint, health and meters tell of topics with history.
 */
class HistoryActuatorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				ClusterActuatorAutoConfiguration.class, ClusterObservationAutoConfiguration.class))
		.withBean(LocalNetwork.class, () -> new LocalNetwork("test"))
		.withPropertyValues("cluster.transport=local", "cluster.node=n1@127.0.0.1",
				"management.endpoints.web.exposure.include=cluster", "cluster.name=shop")
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void theEndpointAndMetersShowWhatIsKept() {
		this.runner.withPropertyValues("cluster.history.rooms.topics=room:*", "cluster.history.rooms.size=5")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				PubSub pubSub = context.getBean(PubSub.class);
				for (int i = 0; i < 8; i++) {
					pubSub.broadcast("room:lobby", "hello");
					pubSub.broadcast("jobs", "not kept");
				}
				ClusterEndpoint.HistoryDescription kept = context.getBean(ClusterEndpoint.class).cluster().history();
				assertThat(kept).isNotNull();
				assertThat(kept.topics()).isOne();
				assertThat(kept.messages()).isEqualTo(5);
				assertThat(kept.bytes()).isBetween(5L * 5, 5_000L);
				assertThat(kept.compared()).isTrue();
				assertThat(registry.get("cluster.history.topics").gauge().value()).isOne();
				assertThat(registry.get("cluster.history.messages").gauge().value()).isEqualTo(5);
				assertThat(registry.get("cluster.history.bytes").gauge().value()).isEqualTo(kept.bytes());
				assertThat(count(registry, "cluster.history.evicted", "cause", "size")).isEqualTo(3);
				assertThat(count(registry, "cluster.history.evicted", "cause", "ttl")).isZero();
			});
	}

	@Test
	void metersCountCatchUpsByOutcome() {
		this.runner.withPropertyValues("cluster.history.rooms.topics=room:*", "cluster.history.rooms.size=5")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				PubSub pubSub = context.getBean(PubSub.class);
				HistorySubscription subscription = (HistorySubscription) pubSub.subscribe("room:lobby", (message) -> {
				});
				HistoryPosition start = subscription.position();
				pubSub.broadcast("room:lobby", "hello");
				HistoryPosition first = pubSub.history("room:lobby").position();
				await().until(() -> subscription.position().equals(first));
				tell(subscription, first);
				tell(subscription, HistoryPosition.of("AAAAAAAA:7"));
				for (int i = 0; i < 7; i++) {
					pubSub.broadcast("room:lobby", "hello");
				}
				HistoryPosition last = pubSub.history("room:lobby").position();
				await().until(() -> subscription.position().equals(last));
				tell(subscription, first);
				tell(subscription, start);
				assertThat(count(registry, "cluster.history.catchups", "outcome", "recovered")).isOne();
				assertThat(count(registry, "cluster.history.catchups", "outcome", "unknown-origin")).isOne();
				assertThat(count(registry, "cluster.history.catchups", "outcome", "evicted")).isEqualTo(2);
				assertThat(count(registry, "cluster.history.catchups", "outcome", "too-old")).isZero();
			});
	}

	private static void tell(HistorySubscription subscription, HistoryPosition from) {
		CatchUp answer = subscription.catchUp(from, Duration.ofSeconds(1));
		assertThat(answer).isNotNull();
		subscription.told((answer instanceof CatchUp.Lost lost) ? lost.loss() : null);
	}

	@Test
	void gapsAreCountedByWhatBecameOfThem() {
		LocalNetwork network = new LocalNetwork("gaps");
		nodeWithHistory(network, "n1@127.0.0.1").run((one) -> nodeWithHistory(network, "n2@127.0.0.1").run((two) -> {
			MeterRegistry registry = two.getBean(MeterRegistry.class);
			two.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
			await().until(() -> one.getBean(Cluster.class).view().nodes().size() == 2);
			PubSub pubSub = one.getBean(PubSub.class);
			pubSub.broadcast("room:lobby", "1");
			await().until(() -> !two.getBean(PubSub.class).history("room:lobby").messages().isEmpty());
			network.partition(Set.of(Node.of("n1@127.0.0.1")), Set.of(Node.of("n2@127.0.0.1")));
			pubSub.broadcast("room:lobby", "2");
			network.heal();
			await().until(() -> two.getBean(PubSub.class).history("room:lobby").messages().size() == 2);
			await().untilAsserted(() -> assertThat(count(registry, "cluster.history.gaps", "state", "filled")).isOne());
			assertThat(count(registry, "cluster.history.gaps", "state", "found")).isOne();
			assertThat(count(registry, "cluster.history.gaps", "state", "given-up")).isZero();
			network.partition(Set.of(Node.of("n1@127.0.0.1")), Set.of(Node.of("n2@127.0.0.1")));
			for (int i = 3; i < 20; i++) {
				pubSub.broadcast("room:lobby", String.valueOf(i));
			}
			network.heal();
			await()
				.untilAsserted(() -> assertThat(count(registry, "cluster.history.gaps", "state", "given-up")).isOne());
			await().until(() -> two.getBean(PubSub.class).history("room:lobby").messages().size() == 5);
			assertThat(count(registry, "cluster.history.evicted", "cause", "gap")).isEqualTo(2);
		}));
		network.close();
	}

	private ApplicationContextRunner nodeWithHistory(LocalNetwork network, String node) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
					ClusterActuatorAutoConfiguration.class))
			.withBean(LocalNetwork.class, () -> network)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("cluster.transport=local", "cluster.node=" + node,
					"cluster.history.rooms.topics=room:*", "cluster.history.rooms.size=5");
	}

	@Test
	void withoutHistoryThereIsNothingOfItToSee() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
			assertThat(context.getBean(ClusterEndpoint.class).cluster().history()).isNull();
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.isNotEmpty()
				.noneMatch((name) -> name.startsWith("cluster.history"));
		});
	}

	@Test
	void aNodeThatDoesNotTellWhatItHasIsSeenInTheEndpoint() {
		this.runner.withPropertyValues("cluster.history.rooms.topics=room:*").run((context) -> {
			context.getBean(LocalNetwork.class).transport(Node.of("n2@127.0.0.1")).connect(new TransportListener() {
			});
			await().until(() -> !context.getBean(ClusterHistory.class).comparing().isZero());
			assertThat(context.getBean(ClusterEndpoint.class).cluster().history().compared()).isFalse();
			assertThat(context.getBean(ClusterHealthIndicator.class).health().getDetails())
				.doesNotContainKey("history");
		});
	}

	@Test
	void aLongComparisonOfHistoriesIsADetailAndNotDown() {
		this.runner.run((context) -> {
			ClusterHistory history = mock(ClusterHistory.class);
			ClusterHealthIndicator indicator = new ClusterHealthIndicator(context.getBean(ManagedCluster.class),
					Stream::empty, history);
			given(history.comparing()).willReturn(Duration.ofSeconds(9));
			assertThat(indicator.health().getDetails()).doesNotContainKey("history");
			given(history.comparing()).willReturn(Duration.ofSeconds(12));
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			assertThat(String.valueOf(indicator.health().getDetails().get("history"))).contains("12 s");
		});
	}

	private static double count(MeterRegistry registry, String name, String tag, String value) {
		return registry.get(name).tag(tag, value).functionCounter().count();
	}

}
