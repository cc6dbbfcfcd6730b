package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of messages that wait in this node's mailboxes for sockets that have
 * closed. Handlers still get these messages, in order. Above the limit, the messages of a
 * closing socket are discarded, so that clients that reconnect in a loop cannot fill the
 * heap.
 */
final class AbandonedMessages {

	/**
	 * The limit, in multiples of the bytes that may wait for one socket.
	 */
	static final int SOCKETS = 16;

	private final long limit;

	private final AtomicLong size = new AtomicLong();

	/**
	 * Create the counter.
	 * @param maxPendingSize how many bytes may wait for one socket
	 */
	AbandonedMessages(long maxPendingSize) {
		this.limit = SOCKETS * maxPendingSize;
	}

	/**
	 * Add the messages that wait for a closing socket.
	 * @param bytes its size
	 * @return {@code false} if that exceeds the limit: they must be discarded
	 */
	boolean add(long bytes) {
		return this.size.addAndGet(bytes) <= this.limit;
	}

	/**
	 * Subtract a message that was handled or discarded.
	 * @param bytes its size
	 */
	void remove(long bytes) {
		this.size.addAndGet(-bytes);
	}

	/**
	 * Return the size of the waiting messages.
	 * @return the approximate number of bytes
	 */
	long size() {
		return this.size.get();
	}

}
