package io.clusterspring.mailbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.Assert;

/**
 * Limits how many mailboxes of a kind use threads of an executor at the same time, so
 * that blocking tasks cannot take all threads. Mailboxes that find no room wait in order.
 * While there is room, the cost is two additions.
 *
 * <p>
 * There is no lock. A mailbox that finds no room first joins the queue and then checks
 * for room again. A mailbox that leaves first makes room and then checks the queue. So at
 * least one of the two sees the other.
 */
public final class Bulkhead {

	private final String name;

	private final int limit;

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger asked = new AtomicInteger();

	private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

	/**
	 * Create a bulkhead.
	 * @param name the mailboxes, as the log shows them, in the plural
	 * @param limit how many mailboxes run at the same time, at least one
	 */
	public Bulkhead(String name, int limit) {
		Assert.isTrue(limit > 0, "A bulkhead needs room");
		this.name = name;
		this.limit = limit;
	}

	/** Return the name for the log. */
	public String name() {
		return this.name;
	}

	/** Return how many mailboxes may run at the same time. */
	public int limit() {
		return this.limit;
	}

	/** Return how many mailboxes wait. */
	public int waiting() {
		return this.queue.size();
	}

	/**
	 * Return for how long the first mailbox has waited.
	 * @return the time in nanoseconds, 0 if none waits
	 */
	public long longestWait() {
		Waiting first = this.queue.peek();
		return (first != null) ? System.nanoTime() - first.since() : 0;
	}

	boolean hasRoom() {
		return this.running.get() < this.limit;
	}

	boolean isAwaited() {
		return !this.queue.isEmpty();
	}

	boolean enter() {
		int present = this.running.get();
		while (present < this.limit) {
			if (this.running.compareAndSet(present, present + 1)) {
				return true;
			}
			present = this.running.get();
		}
		return false;
	}

	void leave() {
		this.running.decrementAndGet();
		letIn();
	}

	void await(Mailbox mailbox) {
		this.queue.add(new Waiting(mailbox, System.nanoTime()));
		letIn();
	}

	// one thread at a time admits, and repeats it for the others; so there is no
	// recursion
	private void letIn() {
		if (this.queue.isEmpty() || this.asked.getAndIncrement() != 0) {
			return;
		}
		int answered = 1;
		do {
			admitAll();
			answered = this.asked.addAndGet(-answered);
		}
		while (answered != 0);
	}

	private void admitAll() {
		while (!this.queue.isEmpty() && hasRoom()) {
			Waiting next = this.queue.poll();
			if (next != null) {
				next.mailbox().admit();
			}
		}
	}

	private record Waiting(Mailbox mailbox, long since) {
	}

	/**
	 * Two bulkheads that a mailbox must both enter. While it waits for one, it holds no
	 * room in the other.
	 */
	public record Bulkheads(Bulkhead first, Bulkhead second) {

		/**
		 * Enter, unless other mailboxes wait.
		 * @return {@code false} if the mailbox now waits; it is admitted later
		 */
		boolean enter(Mailbox mailbox) {
			if (this.first.isAwaited()) {
				this.first.await(mailbox);
				return false;
			}
			if (this.second.isAwaited()) {
				this.second.await(mailbox);
				return false;
			}
			return enterNow(mailbox);
		}

		/**
		 * Enter as the first of the waiting mailboxes.
		 * @return {@code false} if the mailbox now waits for the other bulkhead
		 */
		boolean enterNow(Mailbox mailbox) {
			if (!this.second.hasRoom()) {
				this.second.await(mailbox);
				return false;
			}
			if (!this.first.enter()) {
				this.first.await(mailbox);
				return false;
			}
			if (!this.second.enter()) {
				this.first.leave();
				this.second.await(mailbox);
				return false;
			}
			return true;
		}

		void leave() {
			this.first.leave();
			this.second.leave();
		}

	}

}
