package io.clusterspring.channel.limit;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.Mailbox;

/**
 * Limits the size of the messages that wait in the mailboxes of all channels of one
 * socket, in bytes. A mailbox itself limits only the number of messages of one channel.
 * Counted are the client's messages and the broadcasts that its channels intercept.
 * Thread-safe.
 */
public final class PendingMessages {

	/**
	 * The approximate size on the heap of a message without its payload, in bytes: names
	 * of at most 255 bytes each, and objects.
	 */
	public static final int OVERHEAD = 1024;

	// a bit of the same atomic, so that each message is either counted as abandoned or
	// not
	private static final long CLOSED = 1L << 62;

	private final long limit;

	private final Abandoned abandoned;

	private final AtomicLong pending = new AtomicLong();

	private volatile boolean discarded;

	/**
	 * Create the limit.
	 * @param limit the maximum number of waiting bytes
	 * @param abandoned counts the messages that wait when the socket has closed
	 */
	public PendingMessages(long limit, Abandoned abandoned) {
		this.limit = limit;
		this.abandoned = abandoned;
	}

	/**
	 * Accept and count a message. If no other message waits, any size is accepted,
	 * because the size of one message is limited elsewhere.
	 * @param content its payload
	 * @param action handles it
	 * @return the task to run or discard, or {@code null} if too much waits or the socket
	 * has closed
	 */
	public <T> @Nullable Task<T> enter(T message, ByteBuffer content, Consumer<? super T> action) {
		long size = (long) OVERHEAD + content.capacity();
		long before;
		do {
			before = this.pending.get();
			if (before >= CLOSED || (before > 0 && before + size > this.limit)) {
				return null;
			}
		}
		while (!this.pending.compareAndSet(before, before + size));
		return new Task<>(message, size, action);
	}

	/**
	 * Accept a message and post it to a mailbox.
	 * @param content its payload
	 * @param action handles it
	 * @return the limit that refuses the message, or {@code null} if it was posted
	 */
	public <T> @Nullable ChannelLimit post(Mailbox mailbox, T message, ByteBuffer content, Consumer<? super T> action) {
		Task<T> task = enter(message, content, action);
		if (task == null) {
			return ChannelLimit.MAX_PENDING_SIZE;
		}
		if (!mailbox.post(task)) {
			task.discard();
			return ChannelLimit.MAILBOX_CAPACITY;
		}
		posted(task);
		return null;
	}

	/**
	 * Return whether more messages may wait.
	 * @param size the size of their payloads
	 */
	public boolean hasRoom(long size, int messages) {
		return this.pending.get() + size + (long) messages * OVERHEAD <= this.limit;
	}

	/**
	 * Called when a task was posted. The task is discarded here if {@link #discard} has
	 * run before it was in the mailbox.
	 */
	public void posted(Task<?> task) {
		if (this.discarded) {
			task.discard();
		}
	}

	/**
	 * Accept no more messages. Waiting messages stay if there is room for abandoned ones.
	 * @return {@code true} if they must be discarded
	 */
	public boolean close() {
		long before = this.pending.getAndUpdate((present) -> present | CLOSED);
		if (before == 0 || before >= CLOSED || this.abandoned.add(before)) {
			return false;
		}
		this.discarded = true;
		return true;
	}

	/** Discard the messages that wait in a mailbox. */
	public static boolean discard(Mailbox mailbox) {
		return mailbox.withdraw((task) -> {
			if (task instanceof Task<?> pending) {
				pending.discard();
				return true;
			}
			return false;
		});
	}

	/**
	 * Return the size of the waiting messages.
	 * @return the approximate number of bytes
	 */
	public long size() {
		return this.pending.get() & ~CLOSED;
	}

	/**
	 * A message that waits in a mailbox. It is counted until it is either handled or
	 * discarded.
	 */
	public final class Task<T> extends AtomicReference<@Nullable T> implements Runnable {

		private final long size;

		private final Consumer<? super T> action;

		private Task(T message, long size, Consumer<? super T> action) {
			super(message);
			this.size = size;
			this.action = action;
		}

		@Override
		public void run() {
			T message = getAndSet(null);
			if (message == null) {
				return;
			}
			try {
				this.action.accept(message);
			}
			finally {
				leave();
			}
		}

		/** Discard the message, unless a thread already handles it. */
		void discard() {
			if (getAndSet(null) != null) {
				leave();
			}
		}

		private void leave() {
			if (PendingMessages.this.pending.getAndAdd(-this.size) >= CLOSED) {
				PendingMessages.this.abandoned.remove(this.size);
			}
		}

	}

	/**
	 * Counts the bytes of messages that wait in this node's mailboxes for sockets that
	 * have closed. Handlers still get these messages, in order. Above the limit, the
	 * messages of a closing socket are discarded, so that clients that reconnect in a
	 * loop cannot fill the heap.
	 */
	public static final class Abandoned {

		/** The limit, in multiples of the bytes that may wait for one socket. */
		public static final int SOCKETS = 16;

		private final long limit;

		private final AtomicLong size = new AtomicLong();

		/**
		 * Create the counter.
		 * @param maxPendingSize how many bytes may wait for one socket
		 */
		public Abandoned(long maxPendingSize) {
			this.limit = SOCKETS * maxPendingSize;
		}

		/**
		 * Add the messages that wait for a closing socket.
		 * @param bytes their size
		 * @return {@code false} if that exceeds the limit: they must be discarded
		 */
		public boolean add(long bytes) {
			return this.size.addAndGet(bytes) <= this.limit;
		}

		void remove(long bytes) {
			this.size.addAndGet(-bytes);
		}

		/**
		 * Return the size of the waiting messages.
		 * @return the approximate number of bytes
		 */
		public long size() {
			return this.size.get();
		}

	}

}
