package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicLong;

import io.clusterspring.channel.protocol.SocketMessage;

/**
 * Bounds what waits in the mailboxes of all channels of a socket, in bytes: the number of
 * messages is bounded for each channel, but neither their size nor what the channels have
 * together. One thread takes messages in, any thread lets them go.
 */
final class PendingMessages {

	/**
	 * About what a message is on the heap beside its payload: names of at most 255 bytes
	 * each, and objects.
	 */
	static final int OVERHEAD = 1024;

	private final long most;

	private final AtomicLong pending = new AtomicLong();

	/**
	 * Create a bound.
	 * @param most how many bytes may wait
	 */
	PendingMessages(long most) {
		this.most = most;
	}

	/**
	 * Take a message in. When nothing waits, any message is taken: its size has a bound
	 * of its own.
	 * @param message the message
	 * @return {@code false} if too much waits
	 */
	boolean enter(SocketMessage message) {
		long before = this.pending.get();
		long size = size(message);
		if (before > 0 && before + size > this.most) {
			return false;
		}
		this.pending.addAndGet(size);
		return true;
	}

	/**
	 * Let a message go that was taken in.
	 * @param message the message
	 */
	void leave(SocketMessage message) {
		this.pending.addAndGet(-size(message));
	}

	/**
	 * Return what waits.
	 * @return the number of bytes, about
	 */
	long size() {
		return this.pending.get();
	}

	private static long size(SocketMessage message) {
		return (long) OVERHEAD + message.payload().content().capacity();
	}

}
