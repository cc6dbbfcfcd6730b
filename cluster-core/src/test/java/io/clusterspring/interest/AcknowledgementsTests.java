package io.clusterspring.interest;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link Acknowledgements}.
 */
class AcknowledgementsTests {

	private static final Node A = new Node("a", "host");

	private static final Node B = new Node("b", "host");

	private static final long PATIENCE = 100;

	private final Acknowledgements all = new Acknowledgements(PATIENCE);

	AcknowledgementsTests() {
		this.all.view(List.of(A, B), 0);
	}

	@Test
	void nodesWithoutLeaseAreNotWaitedFor() {
		assertThat(isDone(this.all.await(1, 0))).isTrue();
		this.all.leased(A, 0);
		assertThat(isDone(this.all.await(2, PATIENCE))).as("its lease is over").isTrue();
		assertThat(this.all.waiting()).isZero();
	}

	@Test
	void nodeThatHasJustComeIsNotWaitedFor() {
		this.all.view(List.of(A), 0);
		this.all.leased(A, 0);
		this.all.view(List.of(A, B), 1);
		CompletionStage<?> waiting = this.all.await(1, 1);
		this.all.acknowledged(A, 1);
		settle(1);
		assertThat(isDone(waiting)).isTrue();
	}

	@Test
	void nodeThatHasALeaseAgainIsWaitedForAgain() {
		this.all.leased(A, 0);
		assertThat(isDone(this.all.await(1, PATIENCE))).isTrue();
		this.all.leased(A, 2 * PATIENCE);
		CompletionStage<?> waiting = this.all.await(2, 2 * PATIENCE);
		assertThat(isDone(waiting)).isFalse();
		this.all.acknowledged(A, 2);
		settle(2 * PATIENCE);
		assertThat(isDone(waiting)).isTrue();
	}

	@Test
	void announcementIsKnownWhenAllWithLeaseHaveAcknowledged() {
		this.all.leased(A, 0);
		this.all.leased(B, 0);
		CompletionStage<?> first = this.all.await(1, 1);
		CompletionStage<?> second = this.all.await(2, 1);
		this.all.acknowledged(A, 2);
		settle(1);
		assertThat(isDone(first)).isFalse();
		this.all.acknowledged(B, 1);
		settle(1);
		assertThat(isDone(first)).isTrue();
		assertThat(isDone(second)).isFalse();
		this.all.acknowledged(B, 2);
		settle(1);
		assertThat(isDone(second)).isTrue();
	}

	@Test
	void silentNodeDelaysNobodyForLongerThanItsLease() {
		this.all.leased(A, 0);
		CompletionStage<?> waiting = this.all.await(1, 50);
		this.all.leased(A, 60);
		settle(149);
		assertThat(isDone(waiting)).isFalse();
		settle(150);
		assertThat(isDone(waiting)).isTrue();
	}

	@Test
	void nodeThatComesBackMayHaveItsLeaseYet() {
		this.all.leased(A, 0);
		this.all.acknowledged(A, 5);
		this.all.view(List.of(B), 10);
		assertThat(isDone(this.all.await(6, 10))).as("it is not there").isTrue();
		this.all.view(List.of(A, B), 20);
		assertThat(isDone(this.all.await(7, 20))).isFalse();
		this.all.acknowledged(A, 7);
		settle(20);
		assertThat(this.all.waiting()).isZero();
	}

	private void settle(long now) {
		this.all.takeKnown(now).forEach((stage) -> stage.complete(null));
	}

	private static boolean isDone(CompletionStage<?> stage) {
		return stage.toCompletableFuture().isDone();
	}

}
