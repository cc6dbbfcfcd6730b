package io.clusterspring.stomp;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * Lets one session at a time have an id. A client chooses the id of its SockJS session,
 * and may choose the same one at two endpoints; then whatever is known by the id, such as
 * the right to the session, would be that of the later session only. The later one is
 * refused. A client may also open a second WebSocket for the same SockJS session, which
 * Spring takes for a new beginning of that session, without the user of its CONNECT
 * frame. That ends the session.
 */
final class SoleSession extends WebSocketHandlerDecorator {

	private final ConcurrentMap<String, WebSocketSession> owners = new ConcurrentHashMap<>();

	SoleSession(WebSocketHandler delegate) {
		super(delegate);
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		if (this.owners.putIfAbsent(session.getId(), WebSocketSessionDecorator.unwrap(session)) != null) {
			session.close(CloseStatus.POLICY_VIOLATION);
			return;
		}
		super.afterConnectionEstablished(session);
		if (!session.isOpen()) {
			// it may have been closed before it was added
			this.owners.remove(session.getId(), WebSocketSessionDecorator.unwrap(session));
		}
	}

	private boolean isOwner(WebSocketSession session) {
		return this.owners.get(session.getId()) == WebSocketSessionDecorator.unwrap(session);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
		if (isOwner(session)) {
			super.handleMessage(session, message);
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) throws Exception {
		if (isOwner(session)) {
			super.handleTransportError(session, exception);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
		this.owners.remove(session.getId(), WebSocketSessionDecorator.unwrap(session));
		if (!this.owners.containsKey(session.getId())) {
			super.afterConnectionClosed(session, status);
		}
	}

}
