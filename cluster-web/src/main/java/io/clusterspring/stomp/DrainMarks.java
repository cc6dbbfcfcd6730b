package io.clusterspring.stomp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;

/**
 * Sends markers through the broker to sessions that are to be closed. A marker comes
 * after all earlier messages, so a session that gets its marker has got all of them. Each
 * session is subscribed to the marker's destination, because the broker keeps only
 * messages of subscriptions in order. Markers are not sent to clients.
 */
final class DrainMarks {

	private static final byte[] NOTHING = {};

	// a marker has only headers, and its name cannot be guessed
	private static final int MAX_MARKER_SIZE = 1024;

	private final String name = "_drain-" + UUID.randomUUID();

	private final Executor executor;

	private final Supplier<@Nullable BrokerBridge> bridge;

	private final Queue<DrainableSession> waiting = new ConcurrentLinkedQueue<>();

	private final Set<DrainableSession> pending = ConcurrentHashMap.newKeySet();

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger gone = new AtomicInteger();

	private volatile boolean expected;

	private volatile boolean arrived;

	DrainMarks(Executor executor, Supplier<@Nullable BrokerBridge> bridge) {
		this.executor = executor;
		this.bridge = bridge;
	}

	void setExpected(boolean expected) {
		this.expected = expected;
	}

	/**
	 * Return whether a message may be a marker.
	 * @return {@code false} unless the node is stopping
	 */
	boolean isExpected() {
		return this.expected;
	}

	/**
	 * Return the marker in a message.
	 * @param message a message to a client
	 * @return the frame with the marker, or {@code null} if the message is for the client
	 */
	@Nullable String markIn(WebSocketMessage<?> message) {
		return (message instanceof TextMessage text && text.getPayloadLength() < MAX_MARKER_SIZE
				&& text.getPayload().contains(this.name)) ? text.getPayload() : null;
	}

	/**
	 * Send a marker to a session. Sessions that request one at about the same time share
	 * it.
	 * @param session the session
	 */
	void sendTo(DrainableSession session) {
		this.pending.add(session);
		if (!session.isOpen()) {
			// it may have been closed before it was added
			closed(session);
		}
		this.waiting.add(session);
		execute(this::sendToWaiting);
	}

	/**
	 * A session has got its marker.
	 */
	void arrived() {
		this.arrived = true;
	}

	/**
	 * Return whether markers come through. Then each session waits for its own, however
	 * busy the broker is.
	 * @return {@code false} as long as no session has got its marker
	 */
	boolean haveArrived() {
		return this.arrived;
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

	private void sendToWaiting() {
		List<DrainableSession> taken = new ArrayList<>();
		for (DrainableSession next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
			taken.add(next);
		}
		BrokerBridge present = this.bridge.get();
		if (!taken.isEmpty() && present != null) {
			String mark = this.name + "-" + this.sent.incrementAndGet() + "-";
			String destination = present.markPrefix() + mark;
			taken.forEach((session) -> {
				session.expect(mark);
				present.subscribe(session.getId(), mark, destination);
			});
			SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
			headers.setDestination(destination);
			present.deliver(MessageBuilder.createMessage(NOTHING, headers.getMessageHeaders()));
		}
	}

}
