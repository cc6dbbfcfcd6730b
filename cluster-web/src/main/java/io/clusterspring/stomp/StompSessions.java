package io.clusterspring.stomp;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;
import org.springframework.web.socket.sockjs.transport.TransportHandlingSockJsService;

import io.clusterspring.drain.Drainable;
import io.clusterspring.inspect.Action;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;

/**
 * The STOMP sessions of this node, over WebSocket and SockJS: as connections to drain,
 * and as what can be revoked. Without a {@link BrokerBridge}, as in an application with a
 * broker relay, it has no sessions to drain. Thread-safe.
 */
public final class StompSessions implements Drainable, UserSessions, ApplicationListener<SessionConnectedEvent> {

	private static final Log logger = LogFactory.getLog(StompSessions.class);

	private final SingletonSupplier<BrokerBridge> bridge;

	private final DrainMarks marks;

	private final Gate gate = new Gate();

	private final Map<String, DrainableSession> sessions = new ConcurrentHashMap<>();

	private final RecentlyClosed closed = new RecentlyClosed();

	private final OutboundFlow flow;

	private final Revocations revocations;

	private final RevocableSessions revocable;

	/**
	 * Create the sessions of a node.
	 * @param bridge supplies the bridge; called when the first client connects
	 * @param executor closes sessions, which may block if a client does not read
	 * @param revocations closes the sessions that lose their right
	 */
	public StompSessions(Supplier<@Nullable BrokerBridge> bridge, Executor executor, Revocations revocations) {
		this.bridge = SingletonSupplier.ofNullable(bridge);
		this.marks = new DrainMarks(executor, this.bridge);
		this.flow = new OutboundFlow(this.marks, this.sessions::get);
		this.revocations = revocations;
		this.revocable = new RevocableSessions(revocations, this::revoke);
	}

	/**
	 * Decorate a handler, so that its sessions are drained.
	 * @return the handler to use instead
	 */
	public WebSocketHandler decorate(WebSocketHandler handler) {
		return new SoleSession(new Recording(handler));
	}

	/**
	 * Return the interceptor that knows which messages are on their way to a session.
	 * @return the first interceptor of the channel to clients
	 */
	public ExecutorChannelInterceptor interceptor() {
		return this.flow;
	}

	/**
	 * Refuse handshakes while the node stops, and note where the others come from.
	 * @param mapping the mapping of the application's endpoints
	 */
	public void guard(SimpleUrlHandlerMapping mapping) {
		mapping.getUrlMap().values().forEach((handler) -> {
			if (handler instanceof WebSocketHttpRequestHandler endpoint) {
				guard(endpoint.getHandshakeInterceptors());
			}
			else if (handler instanceof SockJsHttpRequestHandler endpoint
					&& endpoint.getSockJsService() instanceof TransportHandlingSockJsService service) {
				guard(service.getHandshakeInterceptors());
			}
		});
	}

	private void guard(List<HandshakeInterceptor> interceptors) {
		if (!interceptors.contains(this.gate)) {
			interceptors.add(0, this.gate);
		}
	}

	@Override
	public void disconnect(String user) {
		this.revocations.revoke(RevocationKey.stompUser(user));
	}

	/**
	 * Return what operators can do with the sessions.
	 * @return the action {@code stomp/disconnect}
	 */
	public Action disconnect() {
		return new StompDisconnect(this.revocations, this.revocable::revoke);
	}

	@Override
	public void onApplicationEvent(SessionConnectedEvent event) {
		this.revocable.connected(event);
	}

	private void revoke(WebSocketSession session) {
		close(session, CloseStatus.GOING_AWAY);
	}

	/**
	 * Close a session at once, because its client has lost the right to it. Nothing more
	 * is sent to the client, also if its connection takes long to close.
	 * @param session the session
	 * @param status what the client is told
	 */
	void close(WebSocketSession session, CloseStatus status) {
		DrainableSession known = this.sessions.get(session.getId());
		if (known != null) {
			known.revoke(status);
		}
		else {
			this.marks.execute(() -> closeNow(session, status));
		}
	}

	private static void closeNow(WebSocketSession session, CloseStatus status) {
		try {
			session.close(status);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot close session " + session.getId(), ex);
		}
	}

	/**
	 * Return whether a session was open, and has been closed a moment ago.
	 * @param id the id of any session
	 */
	public boolean isClosed(String id) {
		return !this.sessions.containsKey(id) && this.closed.contains(id);
	}

	@Override
	public void setAccepting(boolean accepting) {
		if (this.bridge.get() != null) {
			this.gate.accepting = accepting;
		}
	}

	/**
	 * Return whether clients may connect.
	 * @return {@code false} while they are sent to other nodes
	 */
	public boolean isAccepting() {
		return this.gate.accepting;
	}

	/** Take the room that a replay to a session needs, if it is there. */
	boolean takeRoom(String sessionId, int messages, long bytes) {
		DrainableSession session = this.sessions.get(sessionId);
		return session == null || session.takeRoom(messages, bytes);
	}

	@Override
	public int size() {
		return this.sessions.size();
	}

	void forEachSession(Consumer<DrainableSession> action) {
		this.sessions.values().forEach(action);
	}

	@Override
	public BooleanSupplier caughtUp() {
		BrokerBridge present = this.bridge.get();
		BooleanSupplier progress = this.marks.progress();
		BooleanSupplier received = (present != null) ? present.caughtUp() : () -> true;
		return () -> progress.getAsBoolean() && received.getAsBoolean();
	}

	@Override
	public Iterator<? extends Connection> connections() {
		return this.sessions.values().iterator();
	}

	/**
	 * Refuses new sessions while the node stops, so that clients connect to another node.
	 * Requests of existing sessions, such as the polls of SockJS, do not pass it.
	 */
	private static final class Gate implements HandshakeInterceptor {

		private volatile boolean accepting = true;

		@Override
		public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Map<String, Object> attributes) {
			RevocableSessions.arrived(request, attributes);
			if (!this.accepting) {
				response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
				response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
			}
			return this.accepting;
		}

		@Override
		public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				@Nullable Exception ex) {
		}

	}

	/** Records the sessions of a handler. */
	private final class Recording extends WebSocketHandlerDecorator {

		Recording(WebSocketHandler delegate) {
			super(delegate);
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) throws Exception {
			if (StompSessions.this.bridge.get() != null) {
				StompSessions.this.closed.remove(session.getId());
				StompSessions.this.sessions.put(session.getId(),
						new DrainableSession(session, unwrap(getDelegate()), StompSessions.this.marks));
			}
			super.afterConnectionEstablished(session);
			StompSessions.this.revocable.opened(session);
		}

		@Override
		public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
			if (!StompSessions.this.revocable.isRevoked(session.getId())) {
				super.handleMessage(session, message);
			}
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
			DrainableSession known = StompSessions.this.sessions.remove(session.getId());
			if (known != null) {
				StompSessions.this.closed.add(session.getId());
				StompSessions.this.marks.closed(known);
			}
			StompSessions.this.revocable.closed(session.getId());
			super.afterConnectionClosed(session, status);
		}

	}

}
