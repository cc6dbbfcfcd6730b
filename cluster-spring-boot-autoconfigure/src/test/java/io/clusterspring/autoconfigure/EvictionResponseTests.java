package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.RecordingListener;
import io.clusterspring.SyncNodes;
import io.clusterspring.autoconfigure.EvictionResponse.EvictionProperties;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.drain.Drainable;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EvictionResponse}.
 */
@ExtendWith(OutputCaptureExtension.class)
class EvictionResponseTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private final LocalNetwork network = new LocalNetwork("shop");

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final Clients clients = new Clients();

	private final List<Object> states = new CopyOnWriteArrayList<>();

	private final List<Integer> exits = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.context.close();
		this.network.close();
	}

	@Test
	void refusesTrafficAndComesBackWhenTheNameIsFree(CapturedOutput output) {
		boot(EvictionProperties.Action.REJOIN);
		say(ReadinessState.ACCEPTING_TRAFFIC);
		ClusterTransport twin = evict();
		await().untilAsserted(() -> assertThat(this.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC,
				ReadinessState.REFUSING_TRAFFIC));
		await().until(() -> !this.clients.accepting);
		ManagedCluster cluster = this.context.getBean(ManagedCluster.class);
		await().during(Duration.ofMillis(300)).until(cluster::isEvicted);
		assertThat(output).contains("rejoins when the name is free, and tries every 50 ms");
		assertThat(this.clients.accepting).isFalse();
		twin.disconnect();
		await().untilAsserted(() -> assertThat(this.states).endsWith(ReadinessState.ACCEPTING_TRAFFIC).hasSize(3));
		assertThat(cluster.isEvicted()).isFalse();
		assertThat(this.clients.accepting).isTrue();
		assertThat(this.exits).isEmpty();
	}

	@Test
	void bootThatEndsMeanwhileDoesNotTakeTraffic() {
		boot(EvictionProperties.Action.REJOIN);
		ClusterTransport twin = evict();
		await().untilAsserted(() -> assertThat(this.states).containsExactly(ReadinessState.REFUSING_TRAFFIC));
		say(ReadinessState.ACCEPTING_TRAFFIC);
		await().untilAsserted(() -> assertThat(this.states).containsExactly(ReadinessState.REFUSING_TRAFFIC,
				ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC));
		twin.disconnect();
		await().untilAsserted(() -> assertThat(this.states).endsWith(ReadinessState.ACCEPTING_TRAFFIC).hasSize(4));
	}

	@Test
	void applicationThatRefusesTrafficForReasonsOfItsOwnGoesOnDoingSo() {
		boot(EvictionProperties.Action.REJOIN);
		say(ReadinessState.ACCEPTING_TRAFFIC);
		say(ReadinessState.REFUSING_TRAFFIC);
		evict().disconnect();
		ManagedCluster cluster = this.context.getBean(ManagedCluster.class);
		await().until(() -> cluster.evictions() == 1 && !cluster.isEvicted());
		await().until(() -> this.clients.accepting);
		assertThat(this.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC,
				ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void endsTheProcessIfAskedTo(CapturedOutput output) {
		boot(EvictionProperties.Action.EXIT);
		evict();
		await().untilAsserted(() -> assertThat(this.exits).containsExactly(ProcessExit.CODE));
		assertThat(output).contains("the process ends with code 75");
		assertThat(this.context.isActive()).isFalse();
		assertThat(this.clients.accepting).isFalse();
	}

	@Test
	void contextThatIsStoppedIsNotJoinedAgain() {
		boot(EvictionProperties.Action.REJOIN);
		ClusterTransport twin = evict();
		await().until(() -> !this.clients.accepting);
		this.context.stop();
		twin.disconnect();
		ManagedCluster cluster = this.context.getBean(ManagedCluster.class);
		await().during(Duration.ofMillis(300)).until(() -> !cluster.isRunning());
		this.context.start();
		assertThat(cluster.isRunning()).isTrue();
		assertThat(cluster.isEvicted()).isFalse();
		assertThat(this.clients.accepting).isTrue();
	}

	private void boot(EvictionProperties.Action action) {
		EvictionProperties properties = new EvictionProperties(action, Duration.ofMillis(50));
		EvictionResponse response = new EvictionResponse(this.context,
				this.context.getDefaultListableBeanFactory().getBeanProvider(ManagedCluster.class),
				this.context.getDefaultListableBeanFactory().getBeanProvider(ConnectionDrain.class), properties,
				this.exits::add);
		this.context.registerBean(EvictionResponse.class, () -> response);
		this.context.registerBean(ManagedCluster.class, () -> new ManagedCluster("shop", this.network.transport(N1),
				SyncNodes.none(), List.of(response), Runnable::run, (event) -> {
				}));
		this.context.registerBean(ConnectionDrain.class,
				() -> new ConnectionDrain(new ConnectionDrain.Settings(1, Duration.ZERO, Duration.ofSeconds(1)),
						() -> List.of(this.clients)));
		this.context.addApplicationListener((ApplicationListener<AvailabilityChangeEvent<?>>) this::hear);
		this.context.refresh();
	}

	private void hear(AvailabilityChangeEvent<?> event) {
		this.states.add(event.getState());
	}

	private void say(ReadinessState state) {
		AvailabilityChangeEvent.publish(this.context, state);
	}

	private ClusterTransport evict() {
		this.network.partition(Set.of(N1));
		this.network.transport(N2).connect(new RecordingListener());
		ClusterTransport twin = this.network.transport(N1);
		twin.connect(new RecordingListener());
		this.network.heal();
		return twin;
	}

	private static final class Clients implements Drainable {

		private volatile boolean accepting;

		@Override
		public void setAccepting(boolean accepting) {
			this.accepting = accepting;
		}

		@Override
		public int size() {
			return 0;
		}

		@Override
		public BooleanSupplier caughtUp() {
			return () -> true;
		}

		@Override
		public Iterator<? extends Connection> connections() {
			return Collections.emptyIterator();
		}

	}

}
