package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Lets a mailbox wait without a thread, for example for the result of a stage. The first
 * call of {@link #resume} resumes it, from any thread; the call may come before the
 * mailbox has begun to wait.
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
	 * @param task the task to run first, in place of the task that has suspended the
	 * mailbox
	 * @return {@code false} if it was already resumed: the task will not run
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
	 * @return {@code false} if it was already resumed: the mailbox then continues by
	 * itself
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
