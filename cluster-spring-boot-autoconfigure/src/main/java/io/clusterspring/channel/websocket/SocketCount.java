package io.clusterspring.channel.websocket;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are, and how many there may be. Those that are being closed
 * count until they are gone: each holds a file descriptor. May be used by any thread.
 */
final class SocketCount {

	private final int most;

	private final AtomicInteger present = new AtomicInteger();

	/**
	 * Create a count.
	 * @param most how many connections there may be; handshakes that are decided at the
	 * same moment may exceed it by their number
	 */
	SocketCount(int most) {
		this.most = most;
	}

	boolean isFull() {
		return this.present.get() >= this.most;
	}

	int most() {
		return this.most;
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
