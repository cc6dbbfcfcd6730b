package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.RecordingListener;
import io.clusterspring.SyncNodes;
import io.clusterspring.actuate.ClusterActuatorAutoConfiguration;
import io.clusterspring.autoconfigure.FailureResponse.FailureProperties;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.mailbox.FailureSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailureResponse}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureResponseTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private final LocalNetwork network = new LocalNetwork("shop");

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final RecordingListener other = new RecordingListener();

	private final RecordingListener own = new RecordingListener();

	private final List<Object> states = new CopyOnWriteArrayList<>();

	private final List<Integer> exits = new CopyOnWriteArrayList<>();

	private volatile Map<String, String> failures = Map.of();

	@AfterEach
	void close() {
		this.context.close();
		this.network.close();
	}

	@Test
	void nodeLeavesAndStaysOutUntilItIsStartedAnew(CapturedOutput output) {
		boot(FailureProperties.Action.LEAVE);
		this.failures = Map.of("accept", "java.lang.OutOfMemoryError");
		await().untilAsserted(() -> assertThat(this.other.nodes()).containsExactly(N2));
		await().untilAsserted(
				() -> assertThat(this.states).containsExactly(ReadinessState.REFUSING_TRAFFIC, LivenessState.BROKEN));
		assertThat(cluster().view().nodes()).containsExactly(N1);
		assertThat(cluster().isOut()).isTrue();
		assertThat(cluster().isEvicted()).isFalse();
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(String.valueOf(health.getDetails().get("left"))).contains("accept=java.lang.OutOfMemoryError");
		assertThat(output).containsOnlyOnce("leaves the cluster because its engine has failed");
		this.context.stop();
		this.failures = Map.of();
		this.context.start();
		await().untilAsserted(() -> assertThat(this.other.nodes()).containsExactlyInAnyOrder(N1, N2));
		assertThat(cluster().isOut()).isFalse();
		assertThat(this.exits).isEmpty();
	}

	@Test
	void processEndsIfAskedTo() {
		boot(FailureProperties.Action.EXIT);
		this.failures = Map.of("timer", "java.lang.StackOverflowError");
		await().untilAsserted(() -> assertThat(this.exits).containsExactly(75));
		assertThat(this.context.isActive()).isFalse();
		assertThat(this.other.nodes()).containsExactly(N2);
	}

	@Test
	void nodeStaysIfAskedToAndIsDownAllTheSame() {
		boot(FailureProperties.Action.STAY);
		this.failures = Map.of("lane", "java.lang.OutOfMemoryError");
		await().during(Duration.ofMillis(1500)).until(() -> this.other.nodes().size() == 2);
		assertThat(this.states).isEmpty();
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
	}

	private Health health() {
		AtomicReference<Health> health = new AtomicReference<>();
		new ApplicationContextRunner().withParent(this.context)
			.withConfiguration(AutoConfigurations.of(ClusterActuatorAutoConfiguration.class))
			.withBean(FailureSource.class, () -> () -> this.failures)
			.run((child) -> health.set(child.getBean("clusterHealthIndicator", HealthIndicator.class).health()));
		return health.get();
	}

	private ManagedCluster cluster() {
		return this.context.getBean(ManagedCluster.class);
	}

	private void boot(FailureProperties.Action action) {
		FailureResponse response = new FailureResponse(this.context,
				this.context.getDefaultListableBeanFactory().getBeanProvider(ManagedCluster.class),
				() -> Stream.of(() -> this.failures),
				this.context.getDefaultListableBeanFactory().getBeanProvider(ConnectionDrain.class),
				new FailureProperties(action), this.exits::add);
		this.context.registerBean(FailureResponse.class, () -> response);
		this.context.registerBean(ManagedCluster.class, () -> new ManagedCluster("shop", this.network.transport(N1),
				SyncNodes.none(), List.of(this.own), Runnable::run, (event) -> {
				}));
		this.context.addApplicationListener((ApplicationListener<AvailabilityChangeEvent<?>>) this::hear);
		this.network.transport(N2).connect(this.other);
		this.context.refresh();
		await().until(() -> this.other.nodes().size() == 2);
	}

	private void hear(AvailabilityChangeEvent<?> event) {
		this.states.add(event.getState());
	}

}
