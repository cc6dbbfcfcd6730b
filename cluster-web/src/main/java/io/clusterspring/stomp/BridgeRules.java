package io.clusterspring.stomp;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;
import org.springframework.util.PathMatcher;

import io.clusterspring.Node;

/**
 * Decides which messages are sent to other nodes, and to which nodes. Messages from other
 * nodes do not pass these rules, because they go directly to the broker and not through
 * Spring's channels. Immutable.
 */
final class BridgeRules {

	private final Collection<String> brokerPrefixes;

	private final String userPrefix;

	private final List<String> localDestinations;

	private final PathMatcher matcher;

	private final UserLocations users;

	/**
	 * Create the rules.
	 * @param brokerPrefixes the destination prefixes of the broker; empty for all
	 * @param userPrefix the prefix of user destinations, with a slash at the end
	 * @param localDestinations patterns of destinations that stay on their node; user
	 * destinations in the form that clients subscribe to
	 * @param matcher matches the patterns
	 */
	BridgeRules(Collection<String> brokerPrefixes, String userPrefix, List<String> localDestinations,
			PathMatcher matcher, UserLocations users) {
		this.brokerPrefixes = List.copyOf(brokerPrefixes);
		this.userPrefix = userPrefix;
		this.localDestinations = List.copyOf(localDestinations);
		this.matcher = matcher;
		this.users = users;
	}

	/**
	 * Decide about a message on one of Spring's channels.
	 * @param source the sender
	 * @return the receivers, or {@code null} if it stays on this node
	 */
	@Nullable Receivers decide(Source source, Message<?> message) {
		MessageHeaders headers = message.getHeaders();
		String destination = SimpMessageHeaderAccessor.getDestination(headers);
		if (destination == null || SimpMessageHeaderAccessor.getMessageType(headers) != SimpMessageType.MESSAGE
				|| !(message.getPayload() instanceof byte[])) {
			return null;
		}
		if (source == Source.APPLICATION && isResolved(headers)) {
			return null;
		}
		if (isForUser(destination)) {
			return decideForUser(source, destination, SimpMessageHeaderAccessor.getSessionId(headers));
		}
		return isShared(destination) ? Receivers.ALL : null;
	}

	/** Return whether the brokers of all nodes share a destination. */
	boolean isShared(String destination) {
		return !isForUser(destination) && isForBroker(destination) && !staysLocal(destination);
	}

	boolean isForUser(String destination) {
		return destination.startsWith(this.userPrefix);
	}

	// Spring sets this header on messages for one session, but never on the channel of
	// clients, where a client could forge it
	private static boolean isResolved(MessageHeaders headers) {
		return NativeMessageHeaderAccessor.getFirstNativeHeader(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION,
				headers) != null;
	}

	private boolean isForBroker(String destination) {
		return this.brokerPrefixes.isEmpty() || this.brokerPrefixes.stream().anyMatch(destination::startsWith);
	}

	private boolean staysLocal(String destination) {
		return this.localDestinations.stream().anyMatch((pattern) -> this.matcher.match(pattern, destination));
	}

	private @Nullable Receivers decideForUser(Source source, String destination, @Nullable String sessionId) {
		Address address = Address.parse(this.userPrefix, destination);
		if (address == null || staysLocal(address.subscribed())) {
			return null;
		}
		if (sessionId != null && source == Source.CLIENT) {
			return isOwn(address, sessionId) ? null : toNodesOf(address);
		}
		return (sessionId != null) ? toSession(address, sessionId) : toNodesOf(address);
	}

	// with the sender's session, Spring sends to that session only if the user is the
	// sender, and otherwise to all sessions of the user
	private boolean isOwn(Address address, String sessionId) {
		return address.name().equals(sessionId) || this.users.isLocal(address.name(), sessionId);
	}

	private @Nullable Receivers toSession(Address address, String sessionId) {
		if (this.users.isLocal(sessionId)) {
			return null;
		}
		if (address.name().equals(sessionId)) {
			return new Receivers(null, sessionId);
		}
		Node node = this.users.nodeOf(address.name(), sessionId);
		return (node != null) ? new Receivers(Set.of(node), sessionId) : toNodesOf(address);
	}

	private @Nullable Receivers toNodesOf(Address address) {
		Set<Node> nodes = this.users.nodesOf(address.name());
		return nodes.isEmpty() ? null : new Receivers(nodes, null);
	}

	/**
	 * A parsed user destination such as {@code /user/jane/queue/news}. The rules are
	 * those of Spring's {@code DefaultUserDestinationResolver}.
	 *
	 * @param name the user's name, or the session's id
	 * @param subscribed the destination that clients subscribe to:
	 * {@code /user/queue/news}
	 */
	private record Address(String name, String subscribed) {

		static @Nullable Address parse(String prefix, String destination) {
			int end = destination.indexOf('/', prefix.length());
			return (end < 0) ? null : new Address(destination.substring(prefix.length(), end).replace("%2F", "/"),
					prefix.substring(0, prefix.length() - 1) + destination.substring(end));
		}

	}

	/** The sender of a message. */
	enum Source {

		/**
		 * A client. The message is on the channel of clients, after its interceptors.
		 */
		CLIENT,

		/** The application. The message is on the channel of the broker. */
		APPLICATION

	}

	/**
	 * The receivers of a message.
	 *
	 * @param sessionId the only session that gets the message, or {@code null}
	 */
	record Receivers(@Nullable Set<Node> nodes, @Nullable String sessionId) {

		/** All other nodes. */
		static final Receivers ALL = new Receivers(null, null);

	}

}
