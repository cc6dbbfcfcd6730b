package io.clusterspring.jgroups.flow;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells those who wait for any of several nodes that one has taken something. Who waits
 * reads the count, tries, and waits until the count is another one. Thread-safe.
 */
final class Progress {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition made = this.lock.newCondition();

	private long count;

	long count() {
		this.lock.lock();
		try {
			return this.count;
		}
		finally {
			this.lock.unlock();
		}
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

	/**
	 * Wait until there is progress, for some time.
	 * @param seen the count before the last try
	 * @param nanos how long to wait at most
	 * @throws InterruptedException if the thread is interrupted
	 */
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
