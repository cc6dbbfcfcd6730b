package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be written to a non-blocking connection. Any thread may offer
 * frames. One thread at a time writes; it also writes the frames that other threads queue
 * meanwhile, joined into one write. No thread waits: a thread that finds another one
 * writing has increased {@link #work}, and the writer checks that before it stops.
 */
final class SocketOutbox {

	// about what a socket accepts in one write
	private static final int WRITE_SIZE = 64 * 1024;

	private final Channel channel;

	private final int capacity;

	private final Queue<ByteBuffer> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger work = new AtomicInteger();

	private @Nullable ByteBuffer begun;

	private volatile boolean blocked;

	private volatile long written;

	private @Nullable WaitTime waitTime;

	SocketOutbox(Channel channel, int capacity) {
		this.channel = channel;
		this.capacity = capacity;
	}

	/**
	 * Send bytes, after all earlier ones.
	 * @param bytes the bytes; the outbox owns the buffer from now on
	 * @return {@code false} if too much is waiting; the bytes are then dropped
	 */
	boolean offer(ByteBuffer bytes) {
		int size = bytes.remaining();
		int before = this.waiting.getAndAdd(size);
		if (before > 0 && before + size > this.capacity) {
			this.waiting.addAndGet(-size);
			return false;
		}
		add(bytes);
		return true;
	}

	/** Send the last bytes, without checking the limit. */
	void offerLast(ByteBuffer bytes) {
		this.waiting.addAndGet(bytes.remaining());
		add(bytes);
	}

	/**
	 * Drop all waiting bytes and send the last ones instead. A write that has started is
	 * completed first.
	 */
	void replaceBy(ByteBuffer bytes) {
		for (ByteBuffer next = this.queue.poll(); next != null; next = this.queue.poll()) {
			this.waiting.addAndGet(-next.remaining());
		}
		offerLast(bytes);
	}

	private void add(ByteBuffer bytes) {
		this.queue.add(bytes);
		drain();
	}

	/** Called when the channel accepts bytes again. */
	void writable() {
		this.blocked = false;
		drain();
	}

	/**
	 * Return whether all bytes were written to the socket.
	 * @return {@code true} if nothing waits and no thread writes
	 */
	boolean isIdle() {
		return this.queue.isEmpty() && !this.blocked && this.work.get() == 0;
	}

	/** Return the number of waiting bytes, including those of a started write. */
	int size() {
		return this.waiting.get();
	}

	/**
	 * Return how long the oldest bytes have been waiting. It must be called periodically,
	 * by one thread.
	 * @param now the time in nanoseconds
	 * @return the estimate of {@link WaitTime}, in nanoseconds
	 */
	long age(long now) {
		int size = this.waiting.get();
		if (size == 0) {
			this.waitTime = null;
			return 0;
		}
		WaitTime present = (this.waitTime != null) ? this.waitTime : new WaitTime();
		this.waitTime = present;
		long before = this.written;
		return present.check(before, before + size, now);
	}

	private void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			if (!this.blocked) {
				write();
			}
			seen = this.work.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void write() {
		try {
			ByteBuffer next = (this.begun != null) ? this.begun : take();
			while (next != null && write(next)) {
				next = take();
			}
			this.begun = next;
			if (next != null) {
				this.blocked = true;
				this.channel.awaitWritable();
			}
		}
		catch (IOException | RuntimeException ex) {
			this.channel.failed(ex);
		}
	}

	private boolean write(ByteBuffer bytes) throws IOException {
		int size = bytes.remaining();
		boolean done = this.channel.write(bytes);
		int taken = size - bytes.remaining();
		this.written = this.written + taken; // one thread at a time
		this.waiting.addAndGet(-taken);
		return done;
	}

	private @Nullable ByteBuffer take() {
		ByteBuffer first = this.queue.poll();
		if (first == null || first.remaining() >= WRITE_SIZE || this.queue.isEmpty()) {
			return first;
		}
		List<ByteBuffer> parts = new ArrayList<>();
		int size = 0;
		for (ByteBuffer next = first; next != null; next = (size < WRITE_SIZE) ? this.queue.poll() : null) {
			parts.add(next);
			size += next.remaining();
		}
		ByteBuffer joined = ByteBuffer.allocate(size);
		parts.forEach(joined::put);
		return joined.flip();
	}

	/** The connection to write to. One thread at a time calls it. */
	interface Channel {

		/**
		 * Write as many bytes as the socket accepts.
		 * @param bytes the bytes; remaining ones are passed again in the next call
		 * @return whether all bytes were written, and no buffer below holds any
		 * @throws IOException if the connection is broken
		 */
		boolean write(ByteBuffer bytes) throws IOException;

		/**
		 * Request a call of {@link SocketOutbox#writable()} when the socket accepts bytes
		 * again.
		 */
		void awaitWritable();

		/**
		 * Called when the connection is broken.
		 * @param failure the cause
		 */
		void failed(Exception failure);

	}

	/**
	 * Estimates how long the oldest frame has been waiting for a connection, without a
	 * timestamp for each frame. The time of a frame starts at the first check after it
	 * was queued. Used by one thread.
	 */
	static final class WaitTime {

		private boolean waiting;

		private long since;

		private long end;

		/**
		 * Check the connection.
		 * @param written the number of bytes that were written so far
		 * @param offered the number of bytes that were queued so far, including the
		 * written
		 * @param now the time in nanoseconds
		 * @return a lower bound of the time that the oldest byte has been waiting, in
		 * nanoseconds
		 */
		long check(long written, long offered, long now) {
			if (!this.waiting || written >= this.end) {
				this.waiting = written < offered;
				this.since = now;
				this.end = offered;
			}
			return now - this.since;
		}

	}

}
