package io.clusterspring.channel.socket;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.LaterReply;
import io.clusterspring.mailbox.Delay;

/**
 * Waits for a stage of the application, with a timeout and without a thread. A later
 * result is ignored, and the stage keeps no reference to the client.
 */
final class StageWait {

	private final AtomicReference<@Nullable BiConsumer<@Nullable Object, @Nullable Throwable>> action;

	private volatile @Nullable Delay timeout;

	private StageWait(BiConsumer<@Nullable Object, @Nullable Throwable> action) {
		this.action = new AtomicReference<>(action);
	}

	/**
	 * Start to wait.
	 * @param timeout the maximum time to wait
	 * @param action gets the result of the stage, or a {@link TimedOut}; called once, by
	 * any thread
	 */
	static StageWait begin(CompletionStage<? extends @Nullable Object> stage, Duration timeout,
			BiConsumer<@Nullable Object, @Nullable Throwable> action) {
		StageWait wait = new StageWait(action);
		stage.whenComplete(wait::complete);
		if (!wait.isOver()) {
			wait.timeout = Delay.of(timeout, () -> wait.complete(null, new TimedOut(timeout)));
			if (wait.isOver()) {
				wait.cancel();
			}
		}
		return wait;
	}

	private boolean isOver() {
		return this.action.get() == null;
	}

	private void complete(@Nullable Object value, @Nullable Throwable failure) {
		BiConsumer<@Nullable Object, @Nullable Throwable> action = this.action.getAndSet(null);
		if (action != null) {
			cancel();
			action.accept(value, (failure != null) ? LaterReply.cause(failure) : null);
		}
	}

	/** Stop waiting. The action is not called any more. */
	void cancel() {
		this.action.set(null);
		Delay timeout = this.timeout;
		if (timeout != null) {
			timeout.cancel();
		}
	}

	/** Thrown when a stage that a handler returned did not complete in time. */
	static final class TimedOut extends TimeoutException {

		TimedOut(Duration timeout) {
			super("The stage of the handler did not complete within " + timeout.toMillis() + " ms");
		}

	}

}
