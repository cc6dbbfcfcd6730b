package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to a connection that never blocks. Any thread may offer; one
 * of them writes at a time and takes along what the others have queued meanwhile, so that
 * it leaves in one write. Nobody waits: a thread that finds another one writing has
 * raised {@link #work}, and the writer does not leave before it has seen that.
 */
final class SocketOutbox {

	// about what a socket takes at once
	private static final int WRITE_SIZE = 64 * 1024;

	private final Channel channel;

	private final int capacity;

	private final Queue<ByteBuffer> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger queued = new AtomicInteger();

	private final AtomicInteger work = new AtomicInteger();

	private volatile boolean blocked;

	private volatile long handed;

	private volatile long written;

	private @Nullable Backlog backlog;

	SocketOutbox(Channel channel, int capacity) {
		this.channel = channel;
		this.capacity = capacity;
	}

	/**
	 * Send bytes after those offered before.
	 * @param bytes the bytes, a buffer of the outbox's own
	 * @return {@code false} if too much is waiting: the bytes will not be sent
	 */
	boolean offer(ByteBuffer bytes) {
		int waiting = this.queued.getAndAdd(bytes.remaining());
		if (waiting > 0 && waiting + bytes.remaining() > this.capacity) {
			this.queued.addAndGet(-bytes.remaining());
			return false;
		}
		add(bytes);
		return true;
	}

	/**
	 * Send the last bytes, whatever the limit.
	 * @param bytes the bytes
	 */
	void offerLast(ByteBuffer bytes) {
		this.queued.addAndGet(bytes.remaining());
		add(bytes);
	}

	/**
	 * Send the last bytes instead of those that still wait.
	 * @param bytes the bytes
	 */
	void replaceBy(ByteBuffer bytes) {
		for (ByteBuffer next = this.queue.poll(); next != null; next = this.queue.poll()) {
			this.queued.addAndGet(-next.remaining());
		}
		offerLast(bytes);
	}

	private void add(ByteBuffer bytes) {
		this.queue.add(bytes);
		drain();
	}

	/**
	 * Go on: the channel takes bytes again.
	 */
	void writable() {
		this.blocked = false;
		drain();
	}

	/**
	 * Return whether everything offered has gone to the socket.
	 * @return {@code true} if nothing waits and nobody writes
	 */
	boolean isIdle() {
		return this.queue.isEmpty() && !this.blocked && this.work.get() == 0;
	}

	/**
	 * Return how many bytes wait.
	 * @return the number of bytes
	 */
	int size() {
		return this.queued.get();
	}

	/**
	 * Return how long the oldest bytes have been waiting. To be asked now and then, by
	 * one thread.
	 * @param now the time in nanoseconds
	 * @return the nanoseconds, as {@link Backlog} knows them
	 */
	long age(long now) {
		long offered = this.handed + this.queued.get();
		if (this.written >= offered) {
			this.backlog = null;
			return 0;
		}
		Backlog present = (this.backlog != null) ? this.backlog : new Backlog();
		this.backlog = present;
		return present.look(this.written, offered, now);
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
			boolean flushed = this.channel.flush();
			while (flushed && !this.queue.isEmpty()) {
				this.written = this.handed;
				fill();
				flushed = this.channel.flush();
			}
			if (flushed) {
				this.written = this.handed;
			}
			if (!flushed) {
				this.blocked = true;
				this.channel.awaitWritable();
			}
		}
		catch (IOException | RuntimeException ex) {
			this.channel.failed(ex);
		}
	}

	private void fill() throws IOException {
		int filled = 0;
		for (ByteBuffer next = this.queue.poll(); next != null; next = this.queue.poll()) {
			filled += next.remaining();
			this.handed += next.remaining();
			this.queued.addAndGet(-next.remaining());
			this.channel.write(next);
			if (filled >= WRITE_SIZE) {
				return;
			}
		}
	}

	/**
	 * The connection below. Called by one thread at a time.
	 */
	interface Channel {

		/**
		 * Take bytes, to be written now or with the next flush.
		 * @param bytes the bytes
		 * @throws IOException if the connection is broken
		 */
		void write(ByteBuffer bytes) throws IOException;

		/**
		 * Write what was taken as far as the socket goes along.
		 * @return whether nothing is left
		 * @throws IOException if the connection is broken
		 */
		boolean flush() throws IOException;

		/**
		 * Have {@link SocketOutbox#writable()} called when the socket goes along again.
		 */
		void awaitWritable();

		/**
		 * The connection is broken.
		 * @param failure why
		 */
		void failed(Exception failure);

	}

}
