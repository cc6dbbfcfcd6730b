package io.clusterspring.jgroups.flow;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells those who wait for any of several nodes that one has taken something. A thread
 * reads the count, tries, and waits until the count is another one. Thread-safe.
 */
final class Progress {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition made = this.lock.newCondition();

	private volatile long count;

	long count() {
		return this.count;
	}

	void made() {
		this.lock.lock();
		try {
			this.count++;
			this.made.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	void await(long seen, long nanos) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			long left = nanos;
			while (this.count == seen && left > 0) {
				left = this.made.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
