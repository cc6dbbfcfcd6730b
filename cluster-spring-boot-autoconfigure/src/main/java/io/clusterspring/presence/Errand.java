package io.clusterspring.presence;

import java.util.concurrent.atomic.AtomicBoolean;

import io.clusterspring.mailbox.Mailbox;

/**
 * A task for a mailbox that waits there once at most, however often it is posted and
 * however long the mailbox takes.
 */
final class Errand implements Runnable {

	private final Mailbox mailbox;

	private final Runnable task;

	private final AtomicBoolean waiting = new AtomicBoolean();

	Errand(Mailbox mailbox, Runnable task) {
		this.mailbox = mailbox;
		this.task = task;
	}

	/**
	 * Have the task run, from now on, once.
	 */
	void post() {
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
