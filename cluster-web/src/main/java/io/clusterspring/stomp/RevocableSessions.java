package io.clusterspring.stomp;

import java.security.Principal;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.user.DestinationUserNameProvider;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.messaging.SessionConnectedEvent;

import io.clusterspring.revocation.RequestArrivals;
import io.clusterspring.revocation.RevocableSockets;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.revocation.SocketOrigin;

/**
 * The open sessions of this node, by what can revoke them. Thread-safe.
 */
final class RevocableSessions {

	private static final String ORIGIN = RevocableSessions.class.getName() + ".origin";

	private final Map<String, WebSocketSession> open = new ConcurrentHashMap<>();

	/** The sessions that are closing because they were revoked. */
	private final Set<String> revoked = ConcurrentHashMap.newKeySet();

	private final Consumer<WebSocketSession> close;

	private final RevocableSockets<String> sockets;

	/**
	 * Create an index without sessions.
	 * @param close closes a session and does not block
	 */
	RevocableSessions(Revocations revocations, Consumer<WebSocketSession> close) {
		this.close = close;
		this.sockets = revocations.sockets(this::revoke);
	}

	/** Note where a session will come from. */
	static void arrived(ServerHttpRequest request, Map<String, Object> attributes) {
		if (request instanceof ServletServerHttpRequest servlet) {
			attributes.put(ORIGIN, RequestArrivals.origin(servlet.getServletRequest()));
		}
	}

	void opened(WebSocketSession session) {
		String id = session.getId();
		session.getAttributes().putIfAbsent(ORIGIN, SocketOrigin.now());
		this.open.put(id, session);
		this.sockets.add(id, Collections.singletonList(key(session.getPrincipal())), origin(session));
		if (!session.isOpen()) {
			closed(id);
		}
	}

	/** The CONNECT frame of a session may have brought another user. */
	void connected(SessionConnectedEvent event) {
		String id = SimpMessageHeaderAccessor.getSessionId(event.getMessage().getHeaders());
		WebSocketSession session = (id != null) ? this.open.get(id) : null;
		RevocationKey key = key(event.getUser());
		if (id != null && session != null && key != null) {
			// the frame has come some time after the handshake
			this.sockets.addKey(id, key, origin(session));
		}
	}

	private static SocketOrigin origin(WebSocketSession session) {
		return (session.getAttributes().get(ORIGIN) instanceof SocketOrigin known) ? known : SocketOrigin.now();
	}

	private static @Nullable RevocationKey key(@Nullable Principal user) {
		String name = (user instanceof DestinationUserNameProvider provider) ? provider.getDestinationUserName()
				: (user != null) ? user.getName() : null;
		return (name != null) ? RevocationKey.stompUser(name) : null;
	}

	boolean isRevoked(String id) {
		return !this.revoked.isEmpty() && this.revoked.contains(id);
	}

	void closed(String id) {
		this.open.remove(id);
		this.sockets.remove(id);
		this.revoked.remove(id);
	}

	/**
	 * Close a session that has lost its right.
	 * @return whether it was open
	 */
	boolean revoke(String id) {
		WebSocketSession session = this.open.get(id);
		if (session == null) {
			return false;
		}
		this.revoked.add(id);
		if (this.open.containsKey(id)) {
			this.close.accept(session);
		}
		else {
			this.revoked.remove(id);
		}
		return true;
	}

}
