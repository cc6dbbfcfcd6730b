package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.socket.SocketSession;

/**
 * Handles connections with spring-websocket, on every server that it supports.
 */
final class SpringSocketHandler extends AbstractWebSocketHandler {

	private final SocketLimits limits;

	private final SocketSenders senders;

	private final SocketCount count;

	private final Map<String, SocketLifecycle> open = new ConcurrentHashMap<>();

	SpringSocketHandler(SocketLimits limits, SocketSenders senders, SocketCount count) {
		this.limits = limits;
		this.senders = senders;
		this.count = count;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		session.setTextMessageSizeLimit(this.limits.maxMessageSize());
		session.setBinaryMessageSizeLimit(this.limits.maxMessageSize());
		SocketLifecycle lifecycle = new Connection(session, this.senders.of(session), this.limits,
				this.count).lifecycle;
		this.open.put(session.getId(), lifecycle);
		lifecycle.open(() -> ConnectInterceptor.accepted(session.getAttributes()).open(lifecycle));
		if (!session.isOpen()) {
			afterConnectionClosed(session, CloseStatus.GOING_AWAY);
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		SocketSession present = heard(session);
		if (present != null) {
			present.received(ByteBuffer.wrap(message.asBytes()));
		}
	}

	@Override
	protected void handlePongMessage(WebSocketSession session, PongMessage message) {
		heard(session);
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		SocketSession present = heard(session);
		if (present != null) {
			// the web server may reuse the buffer
			byte[] bytes = new byte[message.getPayloadLength()];
			message.getPayload().get(bytes);
			present.receivedBinary(ByteBuffer.wrap(bytes));
		}
	}

	private @Nullable SocketSession heard(WebSocketSession session) {
		SocketLifecycle present = this.open.get(session.getId());
		if (present == null) {
			return null;
		}
		present.heard();
		return present.openSession();
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		SocketLifecycle present = this.open.remove(session.getId());
		if (present != null) {
			if (status.getCode() == CloseCodes.TOO_BIG) {
				present.limitReached(ChannelLimit.MAX_MESSAGE_SIZE);
			}
			present.ended();
		}
	}

	/**
	 * Check all connections for timeouts. Must be called about once a second, by one
	 * thread.
	 */
	void checkTimeouts() {
		long now = System.nanoTime();
		this.open.values().forEach((present) -> present.watch(now));
	}

	/**
	 * A connection. A client that does not read blocks no thread: its frames wait in the
	 * outbox.
	 */
	private static final class Connection {

		private final SocketOutbox outbox;

		private final SocketLifecycle lifecycle;

		Connection(WebSocketSession session, SocketSender sender, SocketLimits limits, SocketCount count) {
			this.outbox = new SocketOutbox(new SenderChannel(sender, this::writable, this::failed),
					limits.outboxCapacity());
			this.lifecycle = new SocketLifecycle(session.getId(), limits, this.outbox, count, sender::abort);
		}

		private void writable() {
			this.outbox.writable();
		}

		private void failed(Exception failure) {
			this.lifecycle.failed(failure);
		}

	}

}
