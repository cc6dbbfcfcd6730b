package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests complete controllers, with their threads, on a network in memory.
 */
class FailoverNetworkTests extends ControllersOnANetwork {

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void withAQuorumItNeverRunsTwice(long seed) {
		Placement placement = placement(Quorum.MAJORITY, Duration.ofSeconds(3));
		Random random = new Random(seed);
		boot(placement);
		for (int event = 0; event < 4; event++) {
			this.network.partition(Set.of(NODES.get(random.nextInt(3))));
			pause(random.nextInt(5000));
			this.network.heal();
			pause(random.nextInt(1000));
		}
		awaitOwner(NODES.get(0));
		assertNoOverlap();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void withoutAQuorumEachSideRunsItOnce(long seed) {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		Random random = new Random(seed);
		boot(placement);
		for (int event = 0; event < 4; event++) {
			Node cut = NODES.get(random.nextInt(3));
			this.network.partition(Set.of(cut));
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(owners().stream().filter(cut::equals)).as("cut off").hasSize(1);
				assertThat(owners().stream().filter((node) -> !cut.equals(node))).as("the others").hasSize(1);
			});
			this.network.heal();
			awaitOwner(NODES.get(0));
		}
	}

	@ParameterizedTest
	@EnumSource
	void evictedNodeStopsAtOnceAndStartsNothingUntilItIsBack(QuorumOfTest quorum) {
		Placement placement = placement(quorum.quorum, Duration.ofSeconds(3));
		boot(placement);
		awaitOwner(NODES.get(0));
		TestNode old = this.nodes.get(0);
		this.network.partition(Set.of(NODES.get(0)));
		TestNode twin = new TestNode(NODES.get(0), placement);
		twin.boot();
		await().atMost(PATIENCE).until(() -> twin.running);
		this.network.heal();
		await().until(() -> old.cluster.isEvicted());
		await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !old.running);
		assertThat(twin.running).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> old.controller.move("app", NODES.get(0)))
			.withMessageContaining("another process has the name of this node");
		assertThatIllegalStateException().isThrownBy(() -> old.controller.permit("app", NODES.get(0), false))
			.withMessageContaining("another process has the name of this node");
		twin.leave();
		assertThatIllegalStateException().isThrownBy(() -> twin.controller.move("app", NODES.get(1)))
			.withMessageContaining("was told to stop");
		awaitOwner(NODES.get(1));
		assertThat(old.running).isFalse();
		old.cluster.rejoin();
		awaitOwner(NODES.get(0));
		assertThat(old.running).isTrue();
	}

	@Test
	void afterAFailedStartAnotherNodeTries() {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		TestNode first = new TestNode(NODES.get(0), placement);
		first.failing = true;
		first.boot();
		await().atMost(PATIENCE).until(() -> this.history.contains("n1 fails"));
		new TestNode(NODES.get(1), placement).boot();
		awaitOwner(NODES.get(1));
		first.failing = false;
		first.controller.move("app", NODES.get(0));
		awaitOwner(NODES.get(0));
		assertNoOverlap();
	}

	@Test
	void aLoneNodeTriesAgain() {
		TestNode first = new TestNode(NODES.get(0), placement(Quorum.NONE, Duration.ofSeconds(3)));
		first.failing = true;
		first.boot();
		await().atMost(PATIENCE).until(() -> this.history.contains("n1 fails"));
		first.failing = false;
		awaitOwner(NODES.get(0));
		assertThat(this.history).containsSubsequence("n1 fails", "n1 starts NORMAL");
	}

	@Test
	void aNodeThatCannotSendHasStoppedBeforeItStartsElsewhere() {
		boot(new Placement(NODES.stream().map(List::of).toList(), Duration.ZERO, Quorum.MAJORITY, Duration.ofSeconds(2),
				Placement.DEFAULT_START_TIMEOUT, Duration.ofSeconds(1)));
		TestNode first = this.nodes.get(0);
		first.stopMillis = 900;
		first.transport.stalled = true;
		await().atMost(PATIENCE).until(() -> this.nodes.stream().anyMatch((node) -> node != first && node.running));
		first.transport.stalled = false;
		awaitOwner(NODES.get(0));
		assertNoOverlap();
	}

	@Test
	void theNodeWhosePlacementDiffersDoesNotRunIt() {
		TestNode first = new TestNode(NODES.get(1), placement(Quorum.NONE, Duration.ofSeconds(3)));
		first.boot();
		awaitOwner(NODES.get(1));
		TestNode differing = new TestNode(NODES.get(0), new Placement(List.of(List.of(NODES.get(0))), Duration.ZERO,
				Quorum.NONE, Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT));
		differing.boot();
		await().atMost(PATIENCE).until(() -> differing.controller.statuses().get(0).refused());
		assertThat(first.controller.statuses().get(0).refused()).isFalse();
		awaitOwner(NODES.get(1));
		first.leave();
		awaitOwner(NODES.get(0));
		assertThat(differing.controller.statuses().get(0).refused()).isFalse();
		assertNoOverlap();
	}

	@Test
	void impossibleOrdersAreRefused() {
		TestNode first = new TestNode(NODES.get(0), placement(Quorum.NONE, Duration.ofSeconds(3)));
		first.boot();
		awaitOwner(NODES.get(0));
		assertThat(first.controller.isRunningHere("app")).isTrue();
		assertThat(first.controller.isRunningHere("other")).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.move("other", NODES.get(0)));
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.move("app", NODES.get(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.permit("app", NODES.get(2), true));
		first.controller.permit("app", NODES.get(0), false);
		await().atMost(PATIENCE).until(() -> owners().isEmpty());
		await().atMost(PATIENCE).until(() -> !first.controller.statuses().get(0).nodes().get(0).permitted());
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.move("app", NODES.get(0)));
		assertThat(first.controller.isRunningHere("app")).isFalse();
	}

	private enum QuorumOfTest {

		NONE(Quorum.NONE), MAJORITY(Quorum.MAJORITY);

		private final Quorum quorum;

		QuorumOfTest(Quorum quorum) {
			this.quorum = quorum;
		}

	}

}
