package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import io.clusterspring.channel.ChannelLimit;
import io.clusterspring.channel.SocketSession;

/**
 * Connections by way of spring-websocket, for every server it supports.
 */
final class SpringSocketHandler extends AbstractWebSocketHandler {

	private final SocketLimits limits;

	private final Executor writers;

	private final Map<String, Open> open = new ConcurrentHashMap<>();

	SpringSocketHandler(SocketLimits limits, Executor writers) {
		this.limits = limits;
		this.writers = writers;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		session.setTextMessageSizeLimit(this.limits.maxMessageSize());
		session.setBinaryMessageSizeLimit(this.limits.maxMessageSize());
		JettyIdleTimeout.set(session, this.limits.idleTimeout().multipliedBy(2));
		SpringSocketConnection connection = new SpringSocketConnection(session, this.limits.outboxCapacity(),
				this.writers);
		SocketSession opened = ConnectInterceptor.accepted(session.getAttributes()).open(connection);
		connection.onOverflow(() -> opened.limitReached(ChannelLimit.OUTBOX_CAPACITY));
		this.open.put(session.getId(), new Open(connection, opened));
		if (!session.isOpen()) {
			afterConnectionClosed(session, CloseStatus.GOING_AWAY);
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		Open present = this.open.get(session.getId());
		if (present != null) {
			present.connection.heard();
			present.session.received(ByteBuffer.wrap(message.asBytes()));
		}
	}

	@Override
	protected void handlePongMessage(WebSocketSession session, PongMessage message) {
		Open present = this.open.get(session.getId());
		if (present != null) {
			present.connection.heard();
		}
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		Open present = this.open.get(session.getId());
		if (present != null) {
			present.connection.heard();
			// the buffer may be the container's
			byte[] bytes = new byte[message.getPayloadLength()];
			message.getPayload().get(bytes);
			present.session.receivedBinary(ByteBuffer.wrap(bytes));
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		Open present = this.open.remove(session.getId());
		if (present != null) {
			if (status.getCode() == CloseCodes.TOO_BIG) {
				present.session.limitReached(ChannelLimit.MAX_MESSAGE_SIZE);
			}
			present.session.closed();
		}
	}

	/**
	 * Close who has been silent or stuck for too long. To be called now and then, by one
	 * thread.
	 */
	void lookAround() {
		long now = System.nanoTime();
		this.open.values().forEach((present) -> look(present, now));
	}

	private void look(Open present, long now) {
		if (present.connection.silence(now) > this.limits.idleTimeout().toNanos()) {
			if (present.connection.closeAtOnce(CloseCodes.PROTOCOL_ERROR)) {
				present.session.limitReached(ChannelLimit.IDLE_TIMEOUT);
			}
		}
		else if (present.connection.age(now) > this.limits.outboxTimeout().toNanos()
				&& present.connection.closeAtOnce(CloseCodes.POLICY_VIOLATION)) {
			present.session.limitReached(ChannelLimit.OUTBOX_TIMEOUT);
		}
	}

	private record Open(SpringSocketConnection connection, SocketSession session) {

	}

}
