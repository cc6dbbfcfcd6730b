package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages that wait in the mailboxes of a node for sockets that have closed, in bytes.
 * Handlers still get them, in order, as long as they are not too many; beyond that a
 * socket that closes leaves nothing behind, so that clients that come back in a loop
 * cannot fill the heap.
 */
final class AbandonedMessages {

	/**
	 * How many sockets may leave behind as much as may wait for one.
	 */
	static final int SOCKETS = 16;

	private final long most;

	private final AtomicLong size = new AtomicLong();

	/**
	 * Create a bound.
	 * @param maxPendingSize how many bytes may wait for one socket
	 */
	AbandonedMessages(long maxPendingSize) {
		this.most = SOCKETS * maxPendingSize;
	}

	/**
	 * Take note of what waits for a socket that closes.
	 * @param bytes its size
	 * @return {@code false} if that is too much: it must be discarded
	 */
	boolean add(long bytes) {
		return this.size.addAndGet(bytes) <= this.most;
	}

	/**
	 * Take note of what waits no longer.
	 * @param bytes its size
	 */
	void remove(long bytes) {
		this.size.addAndGet(-bytes);
	}

	/**
	 * Return what waits.
	 * @return the number of bytes, about
	 */
	long size() {
		return this.size.get();
	}

}
