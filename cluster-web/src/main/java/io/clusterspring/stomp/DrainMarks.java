package io.clusterspring.stomp;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Sends markers through the broker to sessions that are to be closed. A marker enters
 * Spring's channel to clients after all earlier messages of its session, and goes no
 * further. Each session is subscribed to the marker's destination, because the broker
 * keeps only messages of subscriptions in order.
 */
final class DrainMarks {

	private static final String HEADER = "clusterDrainMark";

	private static final byte[] NOTHING = {};

	// no client may have a subscription of this name already
	private final String name = "_drain-" + UUID.randomUUID();

	private final Executor executor;

	private final Supplier<@Nullable BrokerBridge> bridge;

	private final Set<DrainableSession> pending = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean requested = new AtomicBoolean();

	private final AtomicInteger gone = new AtomicInteger();

	DrainMarks(Executor executor, Supplier<@Nullable BrokerBridge> bridge) {
		this.executor = executor;
		this.bridge = bridge;
	}

	/**
	 * Send a marker to a session. Sessions that request one at about the same time share
	 * it.
	 */
	void sendTo(DrainableSession session) {
		BrokerBridge present = this.bridge.get();
		if (present == null) {
			return;
		}
		this.pending.add(session);
		if (!session.isOpen()) {
			// it may have been closed before it was added
			closed(session);
		}
		present.subscribe(session.id(), this.name, destination(present));
		if (!this.requested.getAndSet(true)) {
			execute(() -> sendThrough(present));
		}
	}

	private void sendThrough(BrokerBridge present) {
		// a session that subscribes from now on asks for another one
		this.requested.set(false);
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setDestination(destination(present));
		headers.setHeader(HEADER, this);
		present.deliver(MessageBuilder.createMessage(NOTHING, headers.getMessageHeaders()));
	}

	private String destination(BrokerBridge present) {
		return present.markPrefix() + this.name;
	}

	/** Whether a message is a marker, for this session or another one. */
	boolean isMark(Message<?> message) {
		return message.getHeaders().get(HEADER) == this;
	}

	/**
	 * Return whether the session has asked for a marker. A client that has subscribed to
	 * a pattern gets markers of others, too.
	 */
	boolean isOwn(Message<?> mark) {
		return this.name.equals(SimpMessageHeaderAccessor.getSubscriptionId(mark.getHeaders()));
	}

	void closed(DrainableSession session) {
		if (this.pending.remove(session)) {
			this.gone.incrementAndGet();
		}
	}

	/**
	 * Return a condition that becomes true when one of the sessions with a pending marker
	 * is closed. Then the sending threads have reached the markers, so batches end one
	 * after the other. A client that does not read delays no other session.
	 * @return the condition; true at once if no marker is pending
	 */
	BooleanSupplier progress() {
		int before = this.gone.get();
		return () -> this.gone.get() > before || this.pending.isEmpty();
	}

	void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// the application has stopped
		}
	}

	void executeLater(Runnable task, Duration delay) {
		CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, this::execute).execute(task);
	}

}
