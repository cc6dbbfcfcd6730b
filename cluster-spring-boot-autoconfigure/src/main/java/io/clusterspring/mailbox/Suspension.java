package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox that waits for something, such as the result of a stage, without a thread. It
 * is resumed once, by whichever thread comes first; this may be before the mailbox has
 * got to wait.
 */
public final class Suspension {

	private enum State {

		ANNOUNCED, BEGUN, RESUMED

	}

	private final Mailbox mailbox;

	private final AtomicReference<State> state = new AtomicReference<>(State.ANNOUNCED);

	private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();

	Suspension(Mailbox mailbox) {
		this.mailbox = mailbox;
	}

	/**
	 * Resume the mailbox.
	 * @param task what runs first, in the place of the task that has suspended it
	 * @return {@code false} if it was resumed before: the task will not run
	 */
	public boolean resume(Runnable task) {
		if (!this.next.compareAndSet(null, task)) {
			return false;
		}
		if (this.state.getAndSet(State.RESUMED) == State.BEGUN) {
			this.mailbox.handOver();
		}
		return true;
	}

	/**
	 * Begin to wait.
	 * @return {@code false} if it is over already, and the mailbox has to go on by itself
	 */
	boolean begin() {
		return this.state.compareAndSet(State.ANNOUNCED, State.BEGUN);
	}

	Runnable next() {
		Runnable task = this.next.get();
		return (task != null) ? task : () -> {
		};
	}

}
