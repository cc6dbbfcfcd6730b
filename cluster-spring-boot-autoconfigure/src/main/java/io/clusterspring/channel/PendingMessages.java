package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.Mailbox;

/**
 * Bounds what waits in the mailboxes of all channels of a socket, in bytes: the number of
 * messages is bounded for each channel, but neither their size nor what the channels have
 * together. Counts what the client has sent and the broadcasts that its channels are to
 * see. Any thread takes messages in and lets them go.
 */
final class PendingMessages {

	/**
	 * About what a message is on the heap beside its payload: names of at most 255 bytes
	 * each, and objects.
	 */
	static final int OVERHEAD = 1024;

	// set together with the bytes, so that each is counted as abandoned or is not
	private static final long CLOSED = 1L << 62;

	private final long most;

	private final AbandonedMessages abandoned;

	private final AtomicLong pending = new AtomicLong();

	private volatile boolean discarded;

	/**
	 * Create a bound.
	 * @param most how many bytes may wait
	 * @param abandoned counts what waits when the socket has closed
	 */
	PendingMessages(long most, AbandonedMessages abandoned) {
		this.most = most;
		this.abandoned = abandoned;
	}

	/**
	 * Take a message in. When nothing waits, any message is taken: its size has a bound
	 * of its own.
	 * @param <T> the type of message
	 * @param message the message
	 * @param content its payload
	 * @param action handles it
	 * @return what to run or discard, {@code null} if too much waits or the socket has
	 * closed
	 */
	<T> @Nullable PendingTask<T> enter(T message, ByteBuffer content, Consumer<? super T> action) {
		long size = (long) OVERHEAD + content.capacity();
		long before;
		do {
			before = this.pending.get();
			if (before >= CLOSED || (before > 0 && before + size > this.most)) {
				return null;
			}
		}
		while (!this.pending.compareAndSet(before, before + size));
		return new PendingTask<>(this, message, size, action);
	}

	/**
	 * Take a message in and post it.
	 * @param <T> the type of message
	 * @param mailbox the mailbox
	 * @param message the message
	 * @param content its payload
	 * @param action handles it
	 * @return the limit because of which it is refused, if it is
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
	 * Take note that a task is in its mailbox, where it may be too late for
	 * {@link #discard}.
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
	 * Take nothing in any more. What waits stays if there is room for it.
	 * @return {@code true} if it must be discarded
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
	 * Discard what waits in a mailbox.
	 * @param mailbox the mailbox
	 * @return {@code true} if something did
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
	 * Return what waits.
	 * @return the number of bytes, about
	 */
	long size() {
		return this.pending.get() & ~CLOSED;
	}

}
