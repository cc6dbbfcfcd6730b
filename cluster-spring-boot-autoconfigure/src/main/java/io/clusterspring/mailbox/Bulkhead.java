package io.clusterspring.mailbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.Assert;

/**
 * Bounds how many mailboxes of a kind are on the threads of an executor at the same time,
 * so that tasks that block cannot take all of them. While there is room, it costs two
 * additions; mailboxes that find none wait in order.
 *
 * <p>
 * There is no lock: a mailbox that finds no room queues first and looks again second, and
 * one that leaves makes room first and looks at the queue second, so one of the two sees
 * the other.
 */
public final class Bulkhead {

	private final String name;

	private final int limit;

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger asked = new AtomicInteger();

	private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

	/**
	 * Create a bulkhead.
	 * @param name what it is for, as the log shows it
	 * @param limit how many mailboxes run at the same time, at least one
	 */
	public Bulkhead(String name, int limit) {
		Assert.isTrue(limit > 0, "A bulkhead needs room");
		this.name = name;
		this.limit = limit;
	}

	/**
	 * Return what it is for.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return how many mailboxes may run at the same time.
	 * @return the limit
	 */
	public int limit() {
		return this.limit;
	}

	/**
	 * Return how many mailboxes wait.
	 * @return the number of mailboxes
	 */
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

	// by one thread at a time, which looks again for the others, and so never within
	// itself
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

}
