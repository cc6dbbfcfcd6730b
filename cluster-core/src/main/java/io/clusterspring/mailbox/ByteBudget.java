package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.util.Assert;

/**
 * Limits how many bytes wait in a mailbox; the capacity of the mailbox limits the number
 * of tasks. If nothing waits, one message of any size is accepted. Thread-safe, without a
 * lock: at the limit, two messages that come at the same moment may both be refused.
 */
public final class ByteBudget {

	private final long capacity;

	private final AtomicLong taken = new AtomicLong();

	/**
	 * Create an unused budget.
	 * @param capacity how many bytes may wait
	 */
	public ByteBudget(long capacity) {
		Assert.isTrue(capacity > 0, "A budget needs a capacity");
		this.capacity = capacity;
	}

	/**
	 * Reserve room for a message.
	 * @param bytes its size
	 * @return {@code false} if there is no room: the message must not wait
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
	 * Release the room of a message that does not wait any more.
	 * @param bytes its size
	 */
	public void give(int bytes) {
		this.taken.addAndGet(-bytes);
	}

	long taken() {
		return this.taken.get();
	}

}
