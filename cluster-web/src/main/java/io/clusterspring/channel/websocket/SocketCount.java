package io.clusterspring.channel.websocket;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections and limits their number. A closing connection counts until it is
 * closed, because it holds a file descriptor. Thread-safe.
 */
final class SocketCount {

	private final int limit;

	private final AtomicInteger present = new AtomicInteger();

	/**
	 * Create a count.
	 * @param limit the maximum number of connections; concurrent handshakes may exceed it
	 * by their number
	 */
	SocketCount(int limit) {
		this.limit = limit;
	}

	boolean isFull() {
		return this.present.get() >= this.limit;
	}

	int limit() {
		return this.limit;
	}

	int present() {
		return this.present.get();
	}

	void opened() {
		this.present.incrementAndGet();
	}

	void closed() {
		this.present.decrementAndGet();
	}

}
