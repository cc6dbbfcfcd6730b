package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.util.Assert;

/**
 * Bounds how many bytes wait in a mailbox, whose capacity bounds how many tasks do. One
 * message always finds room when nothing waits, however large it is. Thread-safe, and
 * without a lock: of two messages that come at the same moment at the limit, both may be
 * refused.
 */
public final class ByteBudget {

	private final long capacity;

	private final AtomicLong taken = new AtomicLong();

	/**
	 * Create a budget of which nothing is taken.
	 * @param capacity how many bytes may wait
	 */
	public ByteBudget(long capacity) {
		Assert.isTrue(capacity > 0, "A budget needs a capacity");
		this.capacity = capacity;
	}

	/**
	 * Take room for a message that is to wait.
	 * @param bytes its size
	 * @return {@code false} if there is none, and the message is not to wait
	 */
	public boolean take(int bytes) {
		long before = this.taken.getAndAdd(bytes);
		if (before == 0 || before + bytes <= this.capacity) {
			return true;
		}
		this.taken.addAndGet(-bytes);
		return false;
	}

	/**
	 * Give back the room of a message that waits no longer.
	 * @param bytes its size
	 */
	public void give(int bytes) {
		this.taken.addAndGet(-bytes);
	}

	/**
	 * Return how many bytes wait.
	 * @return the number of bytes
	 */
	public long taken() {
		return this.taken.get();
	}

}
