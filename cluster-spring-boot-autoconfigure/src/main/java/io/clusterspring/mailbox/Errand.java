package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task for a mailbox that waits there once at most, however often it is posted and
 * however long the mailbox takes.
 */
public final class Errand implements Runnable {

	private final Mailbox mailbox;

	private final Runnable task;

	private final AtomicBoolean waiting = new AtomicBoolean();

	/**
	 * Create an errand.
	 * @param mailbox runs the task
	 * @param task what to do
	 */
	public Errand(Mailbox mailbox, Runnable task) {
		this.mailbox = mailbox;
		this.task = task;
	}

	/**
	 * Have the task run, from now on, once.
	 */
	public void post() {
		if (this.waiting.compareAndSet(false, true)) {
			boolean posted = false;
			try {
				posted = this.mailbox.postAlways(this);
			}
			finally {
				// or nobody could have it run again
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
