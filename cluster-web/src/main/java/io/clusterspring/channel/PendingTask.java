package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A message that waits in a mailbox. It is counted until it is either handled or
 * discarded.
 *
 * @param <T> the type of message
 */
final class PendingTask<T> extends AtomicReference<@Nullable T> implements Runnable {

	private final PendingMessages pending;

	private final long size;

	private final Consumer<? super T> action;

	PendingTask(PendingMessages pending, T message, long size, Consumer<? super T> action) {
		super(message);
		this.pending = pending;
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
			this.pending.leave(this.size);
		}
	}

	/**
	 * Discard the message, unless a thread already handles it.
	 */
	void discard() {
		if (getAndSet(null) != null) {
			this.pending.leave(this.size);
		}
	}

}
