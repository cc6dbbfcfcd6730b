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
 * What waits to be written to a connection that never blocks. Any thread may offer; one
 * of them writes at a time and takes along what the others have queued meanwhile, which
 * leaves in one write. Nobody waits: a thread that finds another one writing has raised
 * {@link #work}, and the writer does not leave before it has seen that.
 */
final class SocketOutbox {

	// about what a socket takes at once
	private static final int WRITE_SIZE = 64 * 1024;

	private final Channel channel;

	private final int capacity;

	private final Queue<ByteBuffer> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger work = new AtomicInteger();

	private @Nullable ByteBuffer begun;

	private volatile boolean blocked;

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
		int size = bytes.remaining();
		int before = this.waiting.getAndAdd(size);
		if (before > 0 && before + size > this.capacity) {
			this.waiting.addAndGet(-size);
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
		this.waiting.addAndGet(bytes.remaining());
		add(bytes);
	}

	/**
	 * Send the last bytes instead of those that still wait; a write that has begun is
	 * brought to its end.
	 * @param bytes the bytes
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
	 * Return how many bytes wait, those of a write that has begun included.
	 * @return the number of bytes
	 */
	int size() {
		return this.waiting.get();
	}

	/**
	 * Return how long the oldest bytes have been waiting. To be asked now and then, by
	 * one thread.
	 * @param now the time in nanoseconds
	 * @return the nanoseconds, as {@link Backlog} knows them
	 */
	long age(long now) {
		int size = this.waiting.get();
		if (size == 0) {
			this.backlog = null;
			return 0;
		}
		Backlog present = (this.backlog != null) ? this.backlog : new Backlog();
		this.backlog = present;
		long before = this.written;
		return present.look(before, before + size, now);
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
		this.written = this.written + taken; // by one thread at a time
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

	/**
	 * The connection below. Called by one thread at a time.
	 */
	interface Channel {

		/**
		 * Write as far as the socket goes along.
		 * @param bytes the bytes; those that remain, if any, are offered again first
		 * @return whether nothing is left, neither here nor in a buffer further below
		 * @throws IOException if the connection is broken
		 */
		boolean write(ByteBuffer bytes) throws IOException;

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
