package io.clusterspring.stomp;

import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.user.DestinationUserNameProvider;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;
import org.springframework.web.socket.messaging.SessionUnsubscribeEvent;

import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.replication.OwnChanges;
import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * The sessions of this node, from Spring's events, and the changes that are not sent to
 * the other nodes yet. Thread-safe.
 */
final class LocalSessions {

	private static final Log logger = LogFactory.getLog(LocalSessions.class);

	/** All sessions, including anonymous ones. */
	private final Set<String> ids = ConcurrentHashMap.newKeySet();

	/** The sessions of users, and the users' names. */
	private final Map<String, String> users = new ConcurrentHashMap<>();

	/** The sessions without a user that are connected. */
	private final Set<String> anonymous = ConcurrentHashMap.newKeySet();

	private final CountedWarning tooLong = new CountedWarning(logger);

	private final OwnChanges<SessionOp> changes;

	LocalSessions(long incarnation, int capacity) {
		this.changes = new OwnChanges<>(incarnation, OwnChanges.Numbered.MESSAGE, capacity, SessionOp.IN_FRAME);
	}

	@Nullable SessionOp handle(ApplicationEvent event) {
		if (!(event instanceof AbstractSubProtocolEvent session)) {
			return null;
		}
		MessageHeaders headers = session.getMessage().getHeaders();
		String sessionId = SimpMessageHeaderAccessor.getSessionId(headers);
		SessionOp change = (sessionId != null) ? change(session, sessionId, headers) : null;
		if (change == null || !isSendable(change)) {
			return null;
		}
		add(change);
		return change;
	}

	private boolean isSendable(SessionOp change) {
		if (change.size() > SessionOp.MAX_BYTES) {
			this.tooLong.add((count) -> "Did not send a change of session '" + LogText.of(change.sessionId())
					+ "' to the other nodes, because its names have more than 64 KB (" + count + " so far)");
		}
		return change.isSendable();
	}

	private synchronized void add(SessionOp change) {
		this.changes.add(change);
	}

	private @Nullable SessionOp change(AbstractSubProtocolEvent event, String sessionId, MessageHeaders headers) {
		if (event instanceof SessionConnectEvent) {
			this.ids.add(sessionId);
		}
		else if (event instanceof SessionConnectedEvent) {
			return connected(sessionId, event.getUser());
		}
		else if (event instanceof SessionDisconnectEvent) {
			this.ids.remove(sessionId);
			if (this.anonymous.remove(sessionId)) {
				return new SessionOp.AnonymousDisconnected(sessionId);
			}
			String user = this.users.remove(sessionId);
			return (user != null) ? new SessionOp.Disconnected(sessionId, user) : null;
		}
		else if (this.users.containsKey(sessionId)) {
			return subscription(event, sessionId, SimpMessageHeaderAccessor.getSubscriptionId(headers),
					SimpMessageHeaderAccessor.getDestination(headers));
		}
		return null;
	}

	private @Nullable SessionOp connected(String sessionId, @Nullable Principal principal) {
		if (principal == null) {
			this.anonymous.add(sessionId);
			return new SessionOp.AnonymousConnected(sessionId);
		}
		String user = (principal instanceof DestinationUserNameProvider provider) ? provider.getDestinationUserName()
				: principal.getName();
		if (!Utf8.isWellFormed(user)) {
			logger.warn("Other nodes do not know user '" + LogText.of(user)
					+ "', because its name has a lone surrogate. Give the principal a well-formed name");
			return null;
		}
		this.users.put(sessionId, user);
		return new SessionOp.Connected(sessionId, user);
	}

	private static @Nullable SessionOp subscription(AbstractSubProtocolEvent event, String sessionId,
			@Nullable String id, @Nullable String destination) {
		if (event instanceof SessionSubscribeEvent && id != null && destination != null) {
			return new SessionOp.Subscribed(sessionId, id, destination);
		}
		return (event instanceof SessionUnsubscribeEvent && id != null) ? new SessionOp.Unsubscribed(sessionId, id)
				: null;
	}

	boolean contains(String sessionId) {
		return this.ids.contains(sessionId);
	}

	boolean contains(String user, String sessionId) {
		return user.equals(this.users.get(sessionId));
	}

	@Nullable String user(String sessionId) {
		return this.users.get(sessionId);
	}

	Set<String> anonymous() {
		return this.anonymous;
	}

	synchronized @Nullable Changes<SessionOp> takeChanges() {
		return this.changes.take();
	}

	synchronized boolean takeLoss() {
		return this.changes.takeLoss();
	}

	synchronized long sequence() {
		return this.changes.sent();
	}

	synchronized long dropped() {
		return this.changes.dropped();
	}

}
