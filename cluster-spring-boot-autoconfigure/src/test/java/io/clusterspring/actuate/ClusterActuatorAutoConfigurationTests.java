package io.clusterspring.actuate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.SyncNodes;
import io.clusterspring.SyncTimeout;
import io.clusterspring.TransportListener;
import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.interest.InterestSettings;
import io.clusterspring.interest.Interests;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.Listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ClusterActuatorAutoConfiguration}.
 */
class ClusterActuatorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				ClusterActuatorAutoConfiguration.class, ClusterObservationAutoConfiguration.class))
		.withBean(LocalNetwork.class, () -> new LocalNetwork("test"))
		.withPropertyValues("cluster.transport=local", "cluster.node=n1@127.0.0.1",
				"management.endpoints.web.exposure.include=cluster", "cluster.name=shop")
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void theEndpointDescribesTheCluster() {
		this.runner.run((context) -> {
			context.getBean(LocalNetwork.class).transport(Node.of("n2@127.0.0.1")).connect(new TransportListener() {
			});
			await().until(() -> context.getBean(Cluster.class).view().nodes().size() == 2);
			ClusterEndpoint.ClusterDescription cluster = context.getBean(ClusterEndpoint.class).cluster();
			assertThat(cluster.name()).isEqualTo("shop");
			assertThat(cluster.self()).isEqualTo("n1@127.0.0.1").isEqualTo(cluster.coordinator());
			assertThat(cluster.nodes()).extracting(ClusterEndpoint.NodeDescription::name)
				.containsExactly("n1@127.0.0.1", "n2@127.0.0.1");
			assertThat(cluster.nodes().get(0).roundTripMicros()).isNull();
			assertThat(cluster.nodes().get(1).roundTripMicros()).isNotNull();
			assertThat(cluster.boot()).isNotNull();
			assertThat(cluster.boot().waiting()).isFalse();
			assertThat(cluster.boot().missing()).isEmpty();
		});
	}

	@Test
	void theEndpointPagesThroughTopicsAndMetersCountThem() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.runner.run((context) -> {
			ClusterTransport other = context.getBean(LocalNetwork.class).transport(Node.of("n2@127.0.0.1"));
			ClusterWire wire = new ClusterWire(other, Runnable::run, 100);
			try (Interests interests = new Interests(wire, InterestSettings.DEFAULT)) {
				PubSub there = new ClusterPubSub(wire, interests, context.getBean(PayloadCodec.class), Runnable::run,
						100, MessageObserver.NONE, new ClusterHistory(wire, List.of()), (gap) -> {
						});
				List.of("room:1", "room:2", "room:3", "other").forEach((topic) -> there.subscribe(topic, (message) -> {
				}));
				context.getBean(PubSub.class).subscribe("room:2", (message) -> {
				});
				other.connect(new Listeners(wire, interests));
				ClusterEndpoint endpoint = context.getBean(ClusterEndpoint.class);
				await().untilAsserted(
						() -> assertThat(endpoint.cluster().nodes()).extracting(ClusterEndpoint.NodeDescription::topics)
							.containsExactly(1, 4));
				new InterestMetrics(context.getBean(Interests.class)).bindTo(registry);
				assertThat(registry.get("cluster.routing.topics").tag("nodes", "others").gauge().value()).isEqualTo(4);
				await().untilAsserted(() -> {
					context.getBean(PubSub.class).broadcast("unheard", "x");
					assertThat(registry.get("cluster.routing.frames").tag("result", "saved").functionCounter().count())
						.isPositive();
				});
			}
		});
	}

	@Test
	void theEndpointTellsWhoWasMissing() {
		this.runner
			.withPropertyValues("cluster.sync-nodes-optional=n1@127.0.0.1,n9@127.0.0.1",
					"cluster.sync-nodes-timeout=200")
			.run((context) -> {
				ClusterEndpoint.BootDescription boot = context.getBean(ClusterEndpoint.class).cluster().boot();
				assertThat(boot.waitedFor()).containsExactly("n1@127.0.0.1", "n9@127.0.0.1");
				assertThat(boot.missing()).containsExactly("n9@127.0.0.1");
				assertThat(boot.minimum()).isZero();
				assertThat(boot.waitedMillis()).isBetween(200L, 10_000L);
			});
	}

	@Test
	void theEndpointTellsHowManyWereWaitedFor() {
		this.runner.withPropertyValues("cluster.sync-nodes-minimum=1", "cluster.sync-nodes-timeout=10s")
			.run((context) -> {
				ClusterEndpoint.BootDescription boot = context.getBean(ClusterEndpoint.class).cluster().boot();
				assertThat(boot.minimum()).isOne();
				assertThat(boot.most()).isOne();
				assertThat(boot.waitedFor()).isEmpty();
			});
	}

	@Test
	void withoutATimeoutNobodyWasWaitedFor() {
		this.runner.withPropertyValues("cluster.sync-nodes-optional=n9@127.0.0.1", "cluster.sync-nodes-minimum=3")
			.run((context) -> {
				ClusterEndpoint.BootDescription boot = context.getBean(ClusterEndpoint.class).cluster().boot();
				assertThat(boot.waitedFor()).isEmpty();
				assertThat(boot.minimum()).isZero();
				assertThat(boot.missing()).containsExactly("n9@127.0.0.1");
			});
	}

	@Test
	void healthIsDownWhileSomethingFailsThatTheNodeDoesByItself() {
		Map<String, String> failures = new HashMap<>();
		this.runner.withBean("broken", FailureSource.class, () -> () -> failures).run((context) -> {
			ClusterHealthIndicator indicator = context.getBean(ClusterHealthIndicator.class);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			failures.put("watch", "java.lang.StackOverflowError");
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(indicator.health().getDetails()).containsEntry("failures", failures);
			failures.clear();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void whileTheBootWaitsHealthAndEndpointTellForWhat() throws Exception {
		try (LocalNetwork network = new LocalNetwork("shop")) {
			ClusterTransport transport = network.transport(Node.of("n1@127.0.0.1"));
			SyncNodes nodes = new SyncNodes(List.of(NodeAddress.of("n9@127.0.0.1")), List.of(),
					SyncTimeout.of("infinity"), 3);
			ManagedCluster cluster = new ManagedCluster("shop", transport, nodes, List.of(), Runnable::run, (event) -> {
			});
			CompletableFuture<Void> boot = CompletableFuture.runAsync(cluster::start);
			await().until(() -> cluster.view().id() > 0);
			Health health = new ClusterHealthIndicator(cluster, Stream::empty, null).health();
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).containsEntry("waitingFor", List.of("n9@127.0.0.1"))
				.containsEntry("minimum", 3)
				.containsKey("waitedMillis");
			ClusterEndpoint.BootDescription waiting = new ClusterEndpoint(cluster, transport, null, null, null,
					new ClusterActions(null, List.of()))
				.cluster()
				.boot();
			assertThat(waiting).isNotNull();
			assertThat(waiting.waiting()).isTrue();
			assertThat(waiting.minimum()).isEqualTo(3);
			assertThat(waiting.most()).isOne();
			network.transport(Node.of("n8@127.0.0.1")).connect(new TransportListener() {
			});
			network.transport(Node.of("n9@127.0.0.1")).connect(new TransportListener() {
			});
			boot.get(10, TimeUnit.SECONDS);
			ClusterEndpoint.BootDescription over = new ClusterEndpoint(cluster, transport, null, null, null,
					new ClusterActions(null, List.of()))
				.cluster()
				.boot();
			assertThat(over.waiting()).isFalse();
			assertThat(over.most()).isEqualTo(3);
			cluster.stop();
		}
	}

	@Test
	void healthIsUpInTheClusterAndDownAfterIt() {
		this.runner.run((context) -> {
			ClusterHealthIndicator indicator = context.getBean(ClusterHealthIndicator.class);
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("name", "shop")
				.containsEntry("nodes", List.of("n1@127.0.0.1"));
			context.getBean(ManagedCluster.class).stop();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void metersFollowTheMessages() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(ClusterMetrics.class).bindTo(registry);
			context.getBean(LocalNetwork.class).transport(Node.of("n2@127.0.0.1")).connect(new TransportListener() {
			});
			await().until(() -> context.getBean(Cluster.class).view().nodes().size() == 2);
			context.getBean(PubSub.class).broadcast("a", "1");
			context.getBean(PubSub.class).broadcastLocal("a", "2");
			assertThat(registry.get("cluster.members").gauge().value()).isEqualTo(2);
			assertThat(registry.get("cluster.messages.sent").tag("kind", "topic").functionCounter().count()).isOne();
			assertThat(registry.get("cluster.sent").tag("kind", "topic").functionCounter().count()).isEqualTo(6);
			assertThat(registry.get("cluster.send").tag("kind", "topic").functionTimer().count()).isOne();
			assertThat(registry.get("cluster.messages.waiting").tag("kind", "topic").gauge().value()).isZero();
			assertThat(registry.get("cluster.view.changes").functionCounter().count()).isPositive();
			assertThat(registry.get("cluster.peers.refused").tag("reason", "relay").functionCounter().count()).isZero();
		});
	}

	@Test
	void handlersAreObservedIfTheApplicationObserves() {
		ApplicationContextRunner channels = this.runner
			.withConfiguration(AutoConfigurations.of(ChannelAutoConfiguration.class));
		channels.run((context) -> assertThat(context).hasSingleBean(ChannelServer.class)
			.doesNotHaveBean(ObservedChannels.class));
		channels.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasSingleBean(ObservedChannels.class));
		channels.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(ChannelServer.class));
	}

	@Test
	void messagesAreObservedIfTheApplicationObserves() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ObservedMessages.class));
		this.runner.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasSingleBean(ObservedMessages.class));
	}

	@Test
	void eachLibraryMayBeAbsent() {
		this.runner.withClassLoader(new FilteredClassLoader(Endpoint.class, ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ClusterEndpoint.class)
				.hasSingleBean(ClusterHealthIndicator.class));
		this.runner
			.withClassLoader(new FilteredClassLoader(AbstractHealthIndicator.class, HealthIndicator.class,
					ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ClusterEndpoint.class)
				.doesNotHaveBean("clusterHealthIndicator"));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
					ClusterActuatorAutoConfiguration.class, ClusterObservationAutoConfiguration.class))
			.withBean(LocalNetwork.class, () -> new LocalNetwork("test"))
			.withPropertyValues("cluster.transport=local", "cluster.node=n1@127.0.0.1")
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(PubSub.class));
	}

}
