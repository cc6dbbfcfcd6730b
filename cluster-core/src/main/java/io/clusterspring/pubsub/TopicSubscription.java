package io.clusterspring.pubsub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.ByteBudget;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.text.LogText;

/**
 * One subscriber with its mailbox.
 */
class TopicSubscription implements Subscription {

	private static final Log logger = LogFactory.getLog(TopicSubscription.class);

	private final String topic;

	private final Consumer<? super TopicMessage> listener;

	private final Mailbox mailbox;

	private final ByteBudget bytes;

	private final MessageObserver observer;

	private final LongAdder allDropped;

	private final Consumer<TopicSubscription> onClose;

	private final CountedWarning dropped = new CountedWarning(logger);

	private volatile CompletionStage<@Nullable Void> known = CompletableFuture.completedStage(null);

	private volatile @Nullable Executor executor;

	private volatile boolean closed;

	TopicSubscription(Parts parts) {
		this.topic = parts.topic();
		this.listener = parts.listener();
		this.mailbox = parts.mailbox();
		this.bytes = parts.bytes();
		this.observer = parts.observer();
		this.allDropped = parts.allDropped();
		this.onClose = parts.onClose();
	}

	Mailbox mailbox() {
		return this.mailbox;
	}

	boolean isClosed() {
		return this.closed;
	}

	/** The log of the topic has something to read. */
	void signal() {
	}

	void deliver(TopicMessage message) {
		int size = message.size();
		if (!this.bytes.take(size)) {
			lose("the messages that wait for it have reached the limit of their size (cluster.pubsub.mailbox-size)");
		}
		else if (!this.mailbox.post(() -> call(message, size))) {
			this.bytes.give(size);
			lose("its mailbox is full");
		}
	}

	/** Messages are gone from the log before they were read. */
	void lost(long count) {
		this.allDropped.add(count);
		this.dropped.add((times) -> "A listener of topic '" + LogText.of(this.topic) + "' has missed " + count
				+ " message(s), because no node keeps them any longer (see TopicGap): " + times
				+ " such gap(s) so far");
	}

	/**
	 * Take the stage of when all nodes know of it.
	 * @param executor completes what the application waits for
	 */
	void announced(CompletionStage<@Nullable Void> known, Executor executor) {
		this.executor = executor;
		this.known = known;
	}

	@Override
	public CompletionStage<@Nullable Void> ready() {
		CompletionStage<@Nullable Void> present = this.known;
		Executor executor = this.executor;
		if (executor == null || present.toCompletableFuture().isDone()) {
			return CompletableFuture.completedStage(null);
		}
		return present.thenRunAsync(() -> {
		}, executor);
	}

	private void lose(String why) {
		this.allDropped.increment();
		this.dropped.add((count) -> "A listener of topic '" + LogText.of(this.topic) + "' is too slow: " + why + ", "
				+ count + " message(s) lost for it so far");
	}

	private void call(TopicMessage message, int size) {
		try {
			call(message);
		}
		finally {
			this.bytes.give(size);
		}
	}

	void call(TopicMessage message) {
		if (this.closed) {
			return;
		}
		Delivery delivery = new Delivery(message);
		try {
			this.observer.delivering(message, delivery);
		}
		catch (Throwable ex) {
			logger.error((delivery.begun ? "Listener failed on " : "Observer failed on ") + message,
					LogText.failure(ex));
		}
		if (!delivery.begun) {
			callUnobserved(delivery, message);
		}
	}

	private void callUnobserved(Delivery delivery, TopicMessage message) {
		try {
			delivery.run();
		}
		catch (Throwable ex) {
			logger.error("Listener failed on " + message, LogText.failure(ex));
		}
	}

	@Override
	public int waiting() {
		return this.mailbox.size();
	}

	@Override
	public void execute(Runnable task) {
		this.mailbox.postAlways(task);
	}

	@Override
	public String topic() {
		return this.topic;
	}

	@Override
	public void close() {
		this.closed = true;
		this.onClose.accept(this);
	}

	/** Calls the listener at most once, however often the observer runs it. */
	private final class Delivery implements Runnable {

		private final TopicMessage message;

		private boolean begun;

		Delivery(TopicMessage message) {
			this.message = message;
		}

		@Override
		public void run() {
			if (!this.begun) {
				this.begun = true;
				TopicSubscription.this.listener.accept(this.message);
			}
		}

	}

	/** The parts of a subscription. */
	record Parts(String topic, Consumer<? super TopicMessage> listener, Mailbox mailbox, ByteBudget bytes,
			MessageObserver observer, LongAdder allDropped, Consumer<TopicSubscription> onClose) {
	}

}
