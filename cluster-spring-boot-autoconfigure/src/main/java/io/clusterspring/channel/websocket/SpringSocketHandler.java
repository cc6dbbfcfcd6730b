package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import io.clusterspring.channel.SocketSession;

/**
 * Connections by way of spring-websocket, for every server it supports.
 */
final class SpringSocketHandler extends AbstractWebSocketHandler {

	private final SocketLimits limits;

	private final Executor writers;

	private final Map<String, SocketSession> sessions = new ConcurrentHashMap<>();

	SpringSocketHandler(SocketLimits limits, Executor writers) {
		this.limits = limits;
		this.writers = writers;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		session.setTextMessageSizeLimit(this.limits.maxMessageSize());
		session.setBinaryMessageSizeLimit(this.limits.maxMessageSize());
		SpringSocketConnection connection = new SpringSocketConnection(session, this.limits.outboxCapacity(),
				this.writers);
		this.sessions.put(session.getId(), ConnectInterceptor.accepted(session.getAttributes()).open(connection));
		if (!session.isOpen()) {
			afterConnectionClosed(session, CloseStatus.GOING_AWAY);
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		SocketSession present = this.sessions.get(session.getId());
		if (present != null) {
			present.received(ByteBuffer.wrap(message.asBytes()));
		}
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		SocketSession present = this.sessions.get(session.getId());
		if (present != null) {
			// the buffer may be the container's
			byte[] bytes = new byte[message.getPayloadLength()];
			message.getPayload().get(bytes);
			present.receivedBinary(ByteBuffer.wrap(bytes));
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		SocketSession present = this.sessions.remove(session.getId());
		if (present != null) {
			present.closed();
		}
	}

}
