package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.Mailbox;

/**
 * Limits the size of the messages that wait in the mailboxes of all channels of one
 * socket, in bytes. A mailbox itself limits only the number of messages of one channel.
 * Counted are the client's messages and the broadcasts that its channels intercept.
 * Thread-safe.
 */
final class PendingMessages {

	/**
	 * The approximate size on the heap of a message without its payload, in bytes: names
	 * of at most 255 bytes each, and objects.
	 */
	static final int OVERHEAD = 1024;

	// a bit of the same atomic, so that each message is either counted as abandoned or
	// not
	private static final long CLOSED = 1L << 62;

	private final long limit;

	private final AbandonedMessages abandoned;

	private final AtomicLong pending = new AtomicLong();

	private volatile boolean discarded;

	/**
	 * Create the limit.
	 * @param limit the maximum number of waiting bytes
	 * @param abandoned counts the messages that wait when the socket has closed
	 */
	PendingMessages(long limit, AbandonedMessages abandoned) {
		this.limit = limit;
		this.abandoned = abandoned;
	}

	/**
	 * Accept and count a message. If no other message waits, any size is accepted,
	 * because the size of one message is limited elsewhere.
	 * @param <T> the type of message
	 * @param message the message
	 * @param content its payload
	 * @param action handles it
	 * @return the task to run or discard, or {@code null} if too much waits or the socket
	 * has closed
	 */
	<T> @Nullable PendingTask<T> enter(T message, ByteBuffer content, Consumer<? super T> action) {
		long size = (long) OVERHEAD + content.capacity();
		long before;
		do {
			before = this.pending.get();
			if (before >= CLOSED || (before > 0 && before + size > this.limit)) {
				return null;
			}
		}
		while (!this.pending.compareAndSet(before, before + size));
		return new PendingTask<>(this, message, size, action);
	}

	/**
	 * Accept a message and post it to a mailbox.
	 * @param <T> the type of message
	 * @param mailbox the mailbox
	 * @param message the message
	 * @param content its payload
	 * @param action handles it
	 * @return the limit that refuses the message, or {@code null} if it was posted
	 */
	<T> @Nullable ChannelLimit post(Mailbox mailbox, T message, ByteBuffer content, Consumer<? super T> action) {
		PendingTask<T> task = enter(message, content, action);
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
	 * Called when a task was posted. The task is discarded here if {@link #discard} has
	 * run before it was in the mailbox.
	 * @param task the task
	 */
	void posted(PendingTask<?> task) {
		if (this.discarded) {
			task.discard();
		}
	}

	void leave(long size) {
		if (this.pending.getAndAdd(-size) >= CLOSED) {
			this.abandoned.remove(size);
		}
	}

	/**
	 * Accept no more messages. Waiting messages stay if {@link AbandonedMessages} has
	 * room for them.
	 * @return {@code true} if they must be discarded
	 */
	boolean close() {
		long before = this.pending.getAndUpdate((present) -> present | CLOSED);
		if (before == 0 || before >= CLOSED || this.abandoned.add(before)) {
			return false;
		}
		this.discarded = true;
		return true;
	}

	/**
	 * Discard the messages that wait in a mailbox.
	 * @param mailbox the mailbox
	 * @return {@code true} if there were any
	 */
	static boolean discard(Mailbox mailbox) {
		return mailbox.withdraw((task) -> {
			if (task instanceof PendingTask<?> pending) {
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
	long size() {
		return this.pending.get() & ~CLOSED;
	}

}
