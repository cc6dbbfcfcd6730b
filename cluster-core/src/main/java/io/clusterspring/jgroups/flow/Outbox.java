package io.clusterspring.jgroups.flow;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jgroups.Message;
import org.jgroups.util.Credit;

/**
 * What may be on its way to one node, in bytes: what it grants is added, what is sent is
 * taken off. A small frame goes while anything is left. The pieces of large ones leave
 * half of it to the small ones, and go one large frame after the other. Thread-safe.
 *
 * <p>
 * Replaces the credits that UFC waits for; see {@link NodeFlow} for why and until when
 * (docs/upstream.md#flow-control-that-blocks).
 */
final class Outbox extends Credit {

	private final long capacity;

	private final long patience;

	private final Progress progress;

	private final Queue<Object> turns = new ArrayDeque<>();

	private long stalledAt;

	private boolean stalled;

	private volatile boolean open = true;

	private boolean told;

	/**
	 * Create an outbox in which nothing is.
	 * @param capacity how much may be on its way
	 * @param patience for how long a node may grant nothing, in nanoseconds
	 * @param progress hears when it grants something
	 */
	Outbox(long capacity, long patience, Progress progress) {
		super(capacity);
		this.capacity = capacity;
		this.patience = patience;
		this.progress = progress;
	}

	boolean isOpen() {
		return this.open;
	}

	/**
	 * Wait until a small frame may go.
	 * @param deadline when to give up, as {@link System#nanoTime()}
	 * @return {@code false} if it may not and is lost
	 */
	boolean await(long deadline) {
		this.lock.lock();
		try {
			while (this.credits_left <= 0 && !this.done) {
				long left = Math.min(deadline, stalledUntil()) - System.nanoTime();
				if (left <= 0 || this.credits_available.awaitNanos(left) <= 0) {
					return this.credits_left > 0;
				}
			}
			return !this.done;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether it is the turn of a large frame, and remember that it waits for its
	 * turn if not.
	 * @param frame the frame
	 * @return whether its pieces may go
	 */
	boolean isTurnOf(Object frame) {
		this.lock.lock();
		try {
			if (!this.turns.contains(frame)) {
				this.turns.add(frame);
			}
			return this.turns.peek() == frame;
		}
		finally {
			this.lock.unlock();
		}
	}

	void endTurn(Object frame) {
		this.lock.lock();
		try {
			this.turns.remove(frame);
		}
		finally {
			this.lock.unlock();
		}
		this.progress.made();
	}

	/**
	 * Return whether a piece of a large frame may go.
	 * @param beside whether to leave half of the room to small frames
	 * @return whether there is room
	 */
	boolean hasRoom(boolean beside) {
		this.lock.lock();
		try {
			return this.credits_left > (beside ? this.capacity / 2 : 0);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return for how long to wait for room for the next piece.
	 * @return the time in nanoseconds, none if the node has taken nothing for too long
	 */
	long patienceLeft() {
		this.lock.lock();
		try {
			return (this.credits_left > this.capacity / 2) ? Long.MAX_VALUE
					: Math.max(0, stalledUntil() - System.nanoTime());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether the node has left.
	 * @return whether nothing that is sent would reach it
	 */
	boolean isOver() {
		this.lock.lock();
		try {
			return this.done;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isNewsThatItIsStuck() {
		this.lock.lock();
		try {
			boolean news = this.stalled && !this.told;
			this.told = this.stalled;
			return news;
		}
		finally {
			this.lock.unlock();
		}
	}

	// every frame looks, which the lock is too dear for
	private void note() {
		boolean now = this.credits_left > 0;
		if (this.open != now) {
			this.open = now;
		}
	}

	private long stalledUntil() {
		if (!this.stalled) {
			this.stalled = true;
			this.stalledAt = System.nanoTime();
		}
		return this.stalledAt + this.patience;
	}

	@Override
	public boolean decrementIfEnoughCredits(Message message, int credits, long timeout) {
		this.lock.lock();
		try {
			this.credits_left -= credits;
			note();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The node has taken something, however little.
	 */
	@Override
	public void increment(long credits, long max) {
		this.lock.lock();
		try {
			super.increment(credits, max);
			note();
			this.stalled = false;
			this.told = false;
		}
		finally {
			this.lock.unlock();
		}
		this.progress.made();
	}

	@Override
	public Credit reset() {
		super.reset();
		this.progress.made();
		return this;
	}

}
