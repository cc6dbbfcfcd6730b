package io.clusterspring.jgroups.flow;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A large frame on its way to one node: how many of its pieces have gone, and whether the
 * next may go. Not thread-safe.
 */
final class PieceTransfer {

	/**
	 * After how long without room beside small frames a piece competes with them, in
	 * nanoseconds: a flood of them would leave no room for ever.
	 */
	static final long IMPATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

	private final Outbox outbox;

	private final int count;

	private final IntConsumer send;

	private final Runnable lost;

	private long since = System.nanoTime();

	private int next;

	private boolean over;

	PieceTransfer(Outbox outbox, int count, IntConsumer send, Runnable lost) {
		this.outbox = outbox;
		this.count = count;
		this.send = send;
		this.lost = lost;
	}

	// whether anything has changed
	boolean advance() {
		if (this.outbox.isOver()) {
			end();
			return true;
		}
		if (!this.outbox.isTurnOf(this)) {
			return false;
		}
		boolean moved = false;
		while (this.next < this.count && this.outbox.hasRoom(!isImpatient())) {
			this.send.accept(this.next++);
			this.since = System.nanoTime();
			moved = true;
		}
		if (this.next == this.count) {
			end();
		}
		return moved;
	}

	private boolean isImpatient() {
		return System.nanoTime() - this.since > IMPATIENCE;
	}

	// none if the node has taken nothing for too long: the transfer is over then
	long patienceLeft() {
		long left = this.outbox.patienceLeft();
		if (left == 0) {
			giveUp();
		}
		return left;
	}

	boolean isOver() {
		return this.over;
	}

	void giveUp() {
		if (!this.over) {
			end();
			this.lost.run();
		}
	}

	private void end() {
		this.over = true;
		this.outbox.endTurn(this);
	}

}
