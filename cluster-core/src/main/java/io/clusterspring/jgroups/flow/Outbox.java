package io.clusterspring.jgroups.flow;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

import org.jgroups.Message;
import org.jgroups.util.Credit;

/**
 * The bytes that may be on their way to one node: what it grants is added, what is sent
 * is taken off. A small frame goes while anything is left. The pieces of large ones leave
 * half of it to the small ones, and go one large frame after the other. Thread-safe.
 *
 * <p>
 * Replaces the credits that UFC waits for; see {@link NodeFlow} for why and until when
 * (docs/upstream.md#flow-control-that-blocks).
 */
final class Outbox extends Credit {

	private static final State TAKING = new Taking();

	private final long capacity;

	private final long patience;

	private final Progress progress;

	private final Queue<Object> turns = new ArrayDeque<>();

	private State state = TAKING;

	private volatile boolean open = true;

	Outbox(long capacity, long patience, Progress progress) {
		super(capacity);
		this.capacity = capacity;
		this.patience = patience;
		this.progress = progress;
	}

	boolean isOpen() {
		return this.open;
	}

	// false if the frame is lost: the node has granted nothing until then, or has left
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

	// a large frame whose turn it is not waits for it
	boolean isTurnOf(Object frame) {
		return locked(() -> {
			if (!this.turns.contains(frame)) {
				this.turns.add(frame);
			}
			return this.turns.peek() == frame;
		});
	}

	void endTurn(Object frame) {
		locked(() -> this.turns.remove(frame));
		this.progress.made();
	}

	// for a piece of a large frame, which may have to leave half of it to small ones
	boolean hasRoom(boolean beside) {
		return locked(() -> this.credits_left > (beside ? this.capacity / 2 : 0));
	}

	// how long to wait for room for the next piece, none if the node has taken nothing
	// for too long
	long patienceLeft() {
		return locked(() -> (this.credits_left > this.capacity / 2) ? Long.MAX_VALUE
				: Math.max(0, stalledUntil() - System.nanoTime()));
	}

	boolean isOver() {
		return locked(() -> this.done);
	}

	boolean isNewsThatItIsStuck() {
		return locked(() -> {
			boolean news = this.state instanceof Stalled stalled && !stalled.told;
			if (this.state instanceof Stalled stalled) {
				this.state = new Stalled(stalled.since, true);
			}
			return news;
		});
	}

	private <T> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
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
		Stalled now = (this.state instanceof Stalled stalled) ? stalled : new Stalled(System.nanoTime(), false);
		this.state = now;
		return now.since + this.patience;
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

	// the node has taken something, however little
	@Override
	public void increment(long credits, long max) {
		this.lock.lock();
		try {
			super.increment(credits, max);
			note();
			this.state = TAKING;
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

	/**
	 * Whether the node takes what is sent: it does until a frame waits, and again as soon
	 * as it grants anything.
	 */
	private sealed interface State {

	}

	private record Taking() implements State {
	}

	private record Stalled(long since, boolean told) implements State {
	}

}
