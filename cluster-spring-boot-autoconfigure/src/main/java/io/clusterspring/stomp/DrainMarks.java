package io.clusterspring.stomp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
 * Messages that the broker sends to sessions that are to be closed, behind all it has for
 * them: who meets its mark has got everything. Sessions subscribe to a mark's destination
 * themselves, because only what goes to subscriptions is kept in order. No client gets to
 * see a mark.
 */
final class DrainMarks {

	private static final byte[] NOTHING = {};

	// headers only, and nobody can guess what is in them
	private static final int LONGEST_FRAME = 1024;

	private final String name = "_drain-" + UUID.randomUUID();

	private final Executor executor;

	private final Supplier<@Nullable BrokerBridge> bridge;

	private final Queue<DrainableSession> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger gone = new AtomicInteger();

	private volatile boolean expected;

	DrainMarks(Executor executor, Supplier<@Nullable BrokerBridge> bridge) {
		this.executor = executor;
		this.bridge = bridge;
	}

	void setExpected(boolean expected) {
		this.expected = expected;
	}

	/**
	 * Return whether a message may be a mark.
	 * @return {@code false} as long as the node is not going down
	 */
	boolean isExpected() {
		return this.expected;
	}

	/**
	 * Find the mark in a message.
	 * @param message a message on its way to a client
	 * @return the frame with the mark, {@code null} if the client is to get the message
	 */
	@Nullable String markIn(WebSocketMessage<?> message) {
		return (message instanceof TextMessage text && text.getPayloadLength() < LONGEST_FRAME
				&& text.getPayload().contains(this.name)) ? text.getPayload() : null;
	}

	/**
	 * Send a mark to a session, and to those that ask at about the same time.
	 * @param session the session
	 */
	void sendTo(DrainableSession session) {
		this.asked.incrementAndGet();
		this.waiting.add(session);
		execute(this::sendToWaiting);
	}

	void sessionIsGone() {
		this.gone.incrementAndGet();
	}

	/**
	 * Return something that tells when one of the sessions that are to meet a mark has
	 * met it: threads that send to clients have come as far, and not all batches will end
	 * at the same moment. One client that does not read holds up nobody.
	 * @return a condition that is true if no session is to meet a mark
	 */
	BooleanSupplier progress() {
		int before = this.gone.get();
		return () -> this.gone.get() > before || this.asked.get() <= before;
	}

	/**
	 * Do something that may have to wait for a client.
	 * @param task what to do
	 */
	void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// the application is gone already
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
