package io.clusterspring.channel.fanout;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A topic that this node listens to, for a member that is about to join. Thread-safe.
 */
public final class OpenTopic implements AutoCloseable {

	private final CompletionStage<@Nullable Void> ready;

	private final Runnable onClose;

	private final AtomicBoolean closed = new AtomicBoolean();

	OpenTopic(CompletionStage<@Nullable Void> ready, Runnable onClose) {
		this.ready = ready;
		this.onClose = onClose;
	}

	/** Return a stage that completes when all nodes send broadcasts of the topic here. */
	public CompletionStage<@Nullable Void> ready() {
		return this.ready;
	}

	/** Return whether all nodes send broadcasts of the topic here. */
	public boolean isReady() {
		return this.ready.toCompletableFuture().isDone();
	}

	/** End the subscription, unless the topic has members. */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.onClose.run();
		}
	}

}
