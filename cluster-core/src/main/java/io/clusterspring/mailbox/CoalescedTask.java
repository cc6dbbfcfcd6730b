package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that waits in its mailbox at most once, however often it is posted. Thread-safe.
 */
public final class CoalescedTask implements Runnable {

	private final Mailbox mailbox;

	private final Runnable task;

	private final AtomicBoolean waiting = new AtomicBoolean();

	public CoalescedTask(Mailbox mailbox, Runnable task) {
		this.mailbox = mailbox;
		this.task = task;
	}

	/** Run the task in the mailbox once, after this call began. */
	public void post() {
		if (this.waiting.compareAndSet(false, true)) {
			boolean posted = false;
			try {
				posted = this.mailbox.postAlways(this);
			}
			finally {
				// otherwise it could never be posted again
				if (!posted) {
					this.waiting.set(false);
				}
			}
		}
	}

	@Override
	public void run() {
		this.waiting.set(false);
		this.task.run();
	}

}
