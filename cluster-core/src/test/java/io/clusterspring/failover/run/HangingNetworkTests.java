package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests calls that do not return, and quorums that differ, with complete controllers.
 */
class HangingNetworkTests extends ControllersOnANetwork {

	@Test
	void aStopThatHangsIsInterruptedAndGivenUpOn() {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		boot(placement);
		TestNode first = this.nodes.get(0);
		first.hanging = true;
		first.controller.permit("app", NODES.get(0), false);
		awaitOwner(NODES.get(1));
		assertThat(this.history).contains("n1 interrupted");
		first.hanging = false;
		first.controller.permit("app", NODES.get(0), true);
		awaitOwner(NODES.get(0));
	}

	@Test
	void aStartThatHangsIsInterruptedAndTriedElsewhere() {
		Placement placement = placement(Quorum.MAJORITY, Duration.ofSeconds(3));
		NODES.forEach((node) -> {
			TestNode booted = new TestNode(node, placement);
			booted.hangingStart = node.equals(NODES.get(0));
			booted.boot();
		});
		awaitOwner(NODES.get(1));
		assertThat(this.history).contains("n1 start interrupted");
	}

	@Test
	void aStartThatGoesOnIsEndedByAMove() {
		Placement patient = new Placement(NODES.stream().map(List::of).toList(), Duration.ZERO, Quorum.NONE,
				Duration.ofSeconds(3), Duration.ofMillis(800), Duration.ofHours(1));
		TestNode first = new TestNode(NODES.get(0), patient);
		first.hangingStart = true;
		first.boot();
		TestNode second = new TestNode(NODES.get(1), patient);
		second.boot();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(second.controller.statuses().get(0).running()).singleElement()
				.satisfies((at) -> assertThat(at.state()).isEqualTo("starting")));
		second.controller.move("app", NODES.get(1));
		awaitOwner(NODES.get(1));
		assertThat(this.history).containsExactly("n1 start interrupted", "n2 starts FAILOVER");
		first.hangingStart = false;
	}

	@Test
	void aStartThatIgnoresItsInterruptIsSeenAndKeptFromTheOthers() {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		TestNode first = new TestNode(NODES.get(0), placement);
		first.hangingStart = true;
		first.deaf = true;
		first.boot();
		TestNode second = new TestNode(NODES.get(1), placement);
		second.boot();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(second.controller.statuses().get(0).running()).singleElement()
				.satisfies((at) -> assertThat(at.state()).isEqualTo("hanging")));
		assertThat(second.controller.statuses().get(0).remarks()).singleElement()
			.asString()
			.contains("its start on n1@local was interrupted and does not return");
		assertThatIllegalStateException().isThrownBy(() -> second.controller.move("app", NODES.get(1)))
			.withMessageContaining("does not return");
		assertThatIllegalStateException().isThrownBy(() -> second.controller.permit("app", NODES.get(0), false))
			.withMessageContaining("does not return");
		await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !second.running);
		assertThat(first.controller.isRunningHere("app")).isFalse();
		first.hangingStart = false;
		first.release.countDown();
		awaitOwner(NODES.get(1));
		assertThat(this.history).containsSubsequence("n1 start interrupted", "n1 starts NORMAL", "n1 stopped",
				"n2 starts NORMAL");
		assertNoOverlap();
	}

	@Test
	void noNodeWithAWeakerQuorumTakesOver() {
		TestNode weak = new TestNode(NODES.get(0), placement(Quorum.NONE, Duration.ofSeconds(3)));
		weak.boot();
		awaitOwner(NODES.get(0));
		NODES.subList(1, 3)
			.forEach((node) -> new TestNode(node, placement(Quorum.MAJORITY, Duration.ofSeconds(3))).boot());
		awaitOwner(NODES.get(1));
		assertThat(weak.controller.statuses().get(0)).satisfies((status) -> {
			assertThat(status.refused()).isTrue();
			assertThat(status.remarks()).anyMatch((remark) -> remark.contains("requires more votes"));
		});
		assertThat(this.nodes.get(1).controller.statuses().get(0).remarks()).singleElement()
			.asString()
			.contains("its placement on n1@local differs from that of this node");
		this.network.partition(Set.of(NODES.get(0)));
		await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> !weak.running);
		this.network.partition(Set.of(NODES.get(1)));
		await().atMost(PATIENCE).until(() -> owners().isEmpty());
		await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> owners().isEmpty());
		assertNoOverlap();
	}

}
