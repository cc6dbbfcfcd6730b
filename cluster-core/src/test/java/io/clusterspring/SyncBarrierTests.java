package io.clusterspring;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.SyncWait.SyncBarrier;

import static org.assertj.core.api.Assertions.assertThat;

class SyncBarrierTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	@Test
	void withoutListedNodesIsComplete() {
		assertThat(new SyncBarrier(N1, SyncNodes.none()).isComplete()).isTrue();
	}

	@Test
	void ownNameCountsAsSeen() {
		assertThat(barrier("n1@127.0.0.1", "").isComplete()).isTrue();
		assertThat(barrier("", "n1@127.0.0.1:7801").isComplete()).isTrue();
	}

	@Test
	void waitsForOptionalNodesAsWellAsForMandatoryOnes() {
		SyncBarrier barrier = barrier("n1@127.0.0.1 n2@127.0.0.1", "n3@127.0.0.1");
		barrier.see(List.of(N1, N3));
		assertThat(barrier.isComplete()).isFalse();
		assertThat(barrier.missingOptional()).containsExactly(N2);
		assertThat(barrier.missingMandatory()).isEmpty();
		barrier.see(List.of(N1, N2));
		assertThat(barrier.isComplete()).isTrue();
	}

	@Test
	void nodeThatWasSeenOnceCountsEvenIfItLeft() {
		SyncBarrier barrier = barrier("", "n2@127.0.0.1 n3@127.0.0.1");
		barrier.see(List.of(N1, N2));
		barrier.see(List.of(N1));
		assertThat(barrier.missingMandatory()).containsExactly(N3);
		barrier.see(List.of(N1, N3));
		assertThat(barrier.isComplete()).isTrue();
	}

	@Test
	void nodeInBothListsIsMandatory() {
		SyncBarrier barrier = barrier("n2@127.0.0.1", "n2@127.0.0.1:7801");
		assertThat(barrier.missingMandatory()).containsExactly(N2);
		assertThat(barrier.missingOptional()).isEmpty();
	}

	@Test
	void waitsUntilTheMinimumIsThereAtOnce() {
		SyncBarrier barrier = new SyncBarrier(N1, new SyncNodes(List.of(), List.of(), null, 3));
		assertThat(barrier.isComplete()).isFalse();
		barrier.see(List.of(N1, N2));
		barrier.see(List.of(N1, N3));
		assertThat(barrier.isMinimumReached()).isFalse();
		assertThat(barrier.most()).isEqualTo(2);
		barrier.see(List.of(N1, N2, N3));
		barrier.see(List.of(N1));
		assertThat(barrier.isComplete()).isTrue();
		assertThat(barrier.most()).isEqualTo(3);
	}

	@Test
	void minimumCountsThisNode() {
		assertThat(new SyncBarrier(N1, new SyncNodes(List.of(), List.of(), null, 1)).isComplete()).isTrue();
	}

	@Test
	void minimumAndNamedNodesAreBothWaitedFor() {
		SyncBarrier barrier = new SyncBarrier(N1, new SyncNodes(List.of(), addresses("n3@127.0.0.1"), null, 2));
		barrier.see(List.of(N1, N2));
		assertThat(barrier.isComplete()).isFalse();
		barrier.see(List.of(N1, N3));
		assertThat(barrier.isComplete()).isTrue();
	}

	private static SyncBarrier barrier(String optional, String mandatory) {
		return new SyncBarrier(N1, new SyncNodes(addresses(optional), addresses(mandatory), null));
	}

	private static List<NodeAddress> addresses(String text) {
		return Stream.of(text.split(" ")).filter((part) -> !part.isEmpty()).map(NodeAddress::of).toList();
	}

}
