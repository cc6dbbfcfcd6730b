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
 * Decides which messages cross to other nodes, and to which. What comes from another node
 * is never asked about: it goes to the broker itself and not to the channels.
 */
final class BridgeRules {

	private final Collection<String> brokerPrefixes;

	private final String userPrefix;

	private final List<String> localDestinations;

	private final PathMatcher matcher;

	private final UserLocations users;

	/**
	 * Create the rules.
	 * @param brokerPrefixes prefixes of what the broker delivers, none for all
	 * @param userPrefix prefix of destinations of users, with a slash at the end
	 * @param localDestinations patterns of destinations that do not cross; those of users
	 * as clients subscribe to them
	 * @param matcher matches the patterns
	 * @param users where users are
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
	 * @param source who sent it
	 * @param message the message
	 * @return where it crosses to, {@code null} if it stays
	 */
	@Nullable Crossing decide(Source source, Message<?> message) {
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
		return (isForBroker(destination) && !staysLocal(destination)) ? Crossing.EVERYWHERE : null;
	}

	/**
	 * Return whether a destination is one of a user.
	 * @param destination the destination
	 * @return {@code true} if it has the prefix
	 */
	boolean isForUser(String destination) {
		return destination.startsWith(this.userPrefix);
	}

	// Spring sets this header on what it sends to one session; on the channel of clients
	// it never does, and what a client says there is not believed
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

	private @Nullable Crossing decideForUser(Source source, String destination, @Nullable String sessionId) {
		UserAddress address = UserAddress.parse(this.userPrefix, destination);
		if (address == null || staysLocal(address.subscribed())) {
			return null;
		}
		if (sessionId != null && source == Source.CLIENT) {
			return isOwn(address, sessionId) ? null : toNodesOf(address);
		}
		return (sessionId != null) ? toSession(address, sessionId) : toNodesOf(address);
	}

	// the session is the sender's: Spring answers it alone if the user is the sender, and
	// gives all sessions of anybody else
	private boolean isOwn(UserAddress address, String sessionId) {
		return address.name().equals(sessionId) || this.users.isLocal(address.name(), sessionId);
	}

	private @Nullable Crossing toSession(UserAddress address, String sessionId) {
		if (this.users.isLocal(sessionId)) {
			return null;
		}
		if (address.name().equals(sessionId)) {
			return new Crossing(null, sessionId);
		}
		Node node = this.users.nodeOf(address.name(), sessionId);
		return (node != null) ? new Crossing(Set.of(node), sessionId) : toNodesOf(address);
	}

	private @Nullable Crossing toNodesOf(UserAddress address) {
		Set<Node> nodes = this.users.nodesOf(address.name());
		return nodes.isEmpty() ? null : new Crossing(nodes, null);
	}

	/**
	 * Who sent a message.
	 */
	enum Source {

		/**
		 * A client: the message is on the channel of clients, past its interceptors.
		 */
		CLIENT,

		/**
		 * The application: the message is on the channel of the broker.
		 */
		APPLICATION

	}

}
