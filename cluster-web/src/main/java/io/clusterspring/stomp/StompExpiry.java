package io.clusterspring.stomp;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.messaging.SessionConnectedEvent;

import io.clusterspring.expiry.Deadline;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.text.LogText;

/**
 * Closes the STOMP sessions of this node when the authentication of their users ends: of
 * the user of the handshake, and later of the one that the CONNECT frame was given. One
 * periodic task looks at all sessions. Thread-safe.
 */
public final class StompExpiry implements ApplicationListener<SessionConnectedEvent>, FailureSource, DisposableBean {

	// registered with IANA as "Unauthorized"
	private static final CloseStatus EXPIRED = new CloseStatus(3000, "expired");

	private static final Log logger = LogFactory.getLog(StompExpiry.class);

	private static final Duration INTERVAL = Duration.ofMillis(250);

	private final UserExpiries expiries;

	private final BiConsumer<WebSocketSession, CloseStatus> close;

	private final Map<String, ExpiringSession> sessions = new ConcurrentHashMap<>();

	private final LongAdder expired = new LongAdder();

	private final Ticker ticker = Ticker.withThread("cluster-stomp-expiry", INTERVAL, this::closeExpired);

	/**
	 * Create the expiry of a node's sessions.
	 * @param expiries say until when a user is authenticated
	 * @param sessions closes sessions
	 */
	public StompExpiry(UserExpiries expiries, StompSessions sessions) {
		this(expiries, sessions::close);
	}

	StompExpiry(UserExpiries expiries, BiConsumer<WebSocketSession, CloseStatus> close) {
		this.expiries = expiries;
		this.close = close;
		this.ticker.start();
	}

	/**
	 * Decorate a handler, so that its sessions end.
	 * @param handler the handler
	 * @return the handler to use instead
	 */
	public WebSocketHandler decorate(WebSocketHandler handler) {
		return new SoleSession(new Watched(handler));
	}

	@Override
	public void onApplicationEvent(SessionConnectedEvent event) {
		String id = SimpMessageHeaderAccessor.getSessionId(event.getMessage().getHeaders());
		ExpiringSession known = (id != null) ? this.sessions.get(id) : null;
		if (known != null) {
			limit(known, event.getUser());
		}
	}

	private void limit(ExpiringSession session, @Nullable Principal user) {
		try {
			Instant moment = this.expiries.expiresAt(user);
			session.limit((moment != null) ? Deadline.at(moment, System.nanoTime()) : null);
		}
		catch (Throwable ex) {
			logger.error("Closing a STOMP session, because the expiry of its user cannot be read", LogText.failure(ex));
			if (session.end()) {
				this.close.accept(session.session(), EXPIRED);
			}
		}
	}

	private void closeExpired() {
		long now = System.nanoTime();
		this.sessions.values().forEach((session) -> closeIfExpired(session, now));
	}

	private void closeIfExpired(ExpiringSession session, long now) {
		if (session.endIfOver(now)) {
			this.close.accept(session.session(), EXPIRED);
			this.expired.increment();
		}
	}

	/**
	 * Return the number of sessions that were closed because their time was over.
	 * @return the number since the start
	 */
	public long expired() {
		return this.expired.sum();
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	@Override
	public void destroy() {
		this.ticker.close();
	}

	/**
	 * Knows the open sessions of a handler, and hears those no more that have ended.
	 */
	private final class Watched extends WebSocketHandlerDecorator {

		Watched(WebSocketHandler delegate) {
			super(delegate);
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) throws Exception {
			ExpiringSession watched = new ExpiringSession(session);
			StompExpiry.this.sessions.put(session.getId(), watched);
			limit(watched, session.getPrincipal());
			super.afterConnectionEstablished(session);
			if (!session.isOpen()) {
				StompExpiry.this.sessions.remove(session.getId());
			}
		}

		@Override
		public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
			ExpiringSession watched = StompExpiry.this.sessions.get(session.getId());
			if (watched != null) {
				closeIfExpired(watched, System.nanoTime());
			}
			if (watched == null || !watched.hasEnded()) {
				super.handleMessage(session, message);
			}
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
			StompExpiry.this.sessions.remove(session.getId());
			super.afterConnectionClosed(session, status);
		}

	}

}
