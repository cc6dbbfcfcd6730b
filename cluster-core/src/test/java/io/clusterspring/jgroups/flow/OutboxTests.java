package io.clusterspring.jgroups.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.flow.PieceSender.PieceTransfer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outbox} and the {@link PieceTransfer}s through it.
 */
class OutboxTests {

	private static final int CAPACITY = 1000;

	private final Progress progress = new Progress();

	private final Outbox outbox = new Outbox(CAPACITY, Duration.ofMinutes(1).toNanos(), this.progress);

	private final List<String> sent = new ArrayList<>();

	@Test
	void piecesLeaveHalfOfTheRoomToSmallFrames() {
		PieceTransfer transfer = transfer("a", 20, this.outbox);
		assertThat(transfer.advance()).isTrue();
		assertThat(this.sent).hasSize(5);
		assertThat(transfer.advance()).isFalse();
		assertThat(this.outbox.isOpen()).isTrue();
		assertThat(transfer.isOver()).isFalse();
	}

	@Test
	void whatTheNodeGrantsLetsTheNextPiecesGo() {
		PieceTransfer transfer = transfer("a", 7, this.outbox);
		transfer.advance();
		long seen = this.progress.count();
		this.outbox.increment(150, CAPACITY);
		assertThat(this.progress.count()).isGreaterThan(seen);
		assertThat(transfer.advance()).isTrue();
		assertThat(this.sent).containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6");
		assertThat(transfer.isOver()).isTrue();
	}

	@Test
	void largeFramesGoOneAfterTheOther() {
		PieceTransfer first = transfer("a", 6, this.outbox);
		PieceTransfer second = transfer("b", 1, this.outbox);
		first.advance();
		assertThat(second.advance()).isFalse();
		this.outbox.increment(CAPACITY, CAPACITY);
		assertThat(second.advance()).isFalse();
		first.advance();
		assertThat(second.advance()).isTrue();
		assertThat(this.sent).containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "b0");
	}

	@Test
	void frameThatIsGivenUpLosesItsTurn() {
		PieceTransfer first = transfer("a", 6, this.outbox);
		PieceTransfer second = transfer("b", 1, this.outbox);
		first.advance();
		second.advance();
		this.outbox.increment(CAPACITY, CAPACITY);
		first.giveUp();
		first.giveUp();
		assertThat(second.advance()).isTrue();
		assertThat(this.sent).endsWith("a lost", "b0").containsOnlyOnce("a lost");
	}

	@Test
	void nodeThatTakesNothingLosesTheFrame() {
		Outbox impatient = new Outbox(CAPACITY, 0, this.progress);
		PieceTransfer transfer = transfer("a", 20, impatient);
		transfer.advance();
		assertThat(transfer.patienceLeft()).isZero();
		assertThat(transfer.isOver()).isTrue();
		assertThat(this.sent).endsWith("a lost");
		assertThat(impatient.isNewsThatItIsStuck()).isTrue();
		assertThat(impatient.isNewsThatItIsStuck()).isFalse();
	}

	@Test
	void littleThatTheNodeTakesIsProgress() {
		Outbox impatient = new Outbox(CAPACITY, 0, this.progress);
		impatient.decrementIfEnoughCredits(null, 5 * CAPACITY, 0);
		assertThat(impatient.await(System.nanoTime())).isFalse();
		assertThat(impatient.isNewsThatItIsStuck()).isTrue();
		impatient.increment(1, CAPACITY);
		assertThat(impatient.isNewsThatItIsStuck()).isFalse();
		assertThat(impatient.isOpen()).isFalse();
	}

	@Test
	void frameThatWaitsForItsTurnHasPatienceWhileThereIsRoom() {
		Outbox impatient = new Outbox(CAPACITY, 0, this.progress);
		impatient.isTurnOf("another");
		PieceTransfer transfer = transfer("a", 1, impatient);
		assertThat(transfer.advance()).isFalse();
		assertThat(transfer.patienceLeft()).isPositive();
		assertThat(transfer.isOver()).isFalse();
	}

	@Test
	void nodeThatHasLeftEndsTheTransfer() {
		PieceTransfer transfer = transfer("a", 20, this.outbox);
		transfer.advance();
		this.outbox.reset();
		assertThat(transfer.advance()).isTrue();
		assertThat(transfer.isOver()).isTrue();
		assertThat(this.sent).hasSize(5);
	}

	private PieceTransfer transfer(String name, int pieces, Outbox to) {
		return new PieceTransfer(to, pieces, (index) -> {
			to.decrementIfEnoughCredits(null, 100, 0);
			this.sent.add(name + index);
		}, () -> this.sent.add(name + " lost"));
	}

}
