package io.clusterspring.stomp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SubscriptionRegistry;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.PathMatcher;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

import io.clusterspring.Node;
import io.clusterspring.interest.DestinationAudience;
import io.clusterspring.interest.Interests;

/**
 * Knows which nodes need the messages of a destination, and announces the destinations of
 * the sessions of this node. If the application has a broker or a registry of its own,
 * nothing is announced, and this node gets the messages of all destinations. Thread-safe.
 */
public final class StompRouting implements ApplicationListener<SessionDisconnectEvent> {

	private final @Nullable Interests interests;

	private final Predicate<String> closed;

	private final AtomicBoolean opened = new AtomicBoolean();

	private final AtomicBoolean replaced = new AtomicBoolean();

	private volatile @Nullable DestinationAudience audience;

	private volatile @Nullable PathMatcher matcher;

	private volatile @Nullable Watch watch;

	/**
	 * Create the routing of a node.
	 * @param interests carry the announcements; {@code null} if all messages go to all
	 * nodes
	 * @param closed whether a session is known to have been closed, by its id
	 */
	public StompRouting(@Nullable Interests interests, Predicate<String> closed) {
		this.interests = interests;
		this.closed = closed;
	}

	/** Watch the subscriptions of a broker that has none yet. */
	void watch(SimpleBrokerMessageHandler broker) {
		Interests present = this.interests;
		if (present == null) {
			return;
		}
		SubscriptionRegistry registry = broker.getSubscriptionRegistry();
		PathMatcher matcher = (registry instanceof DefaultSubscriptionRegistry known) ? known.getPathMatcher()
				: new AntPathMatcher();
		DestinationAudience created = new DestinationAudience(present, matcher);
		this.audience = created;
		this.matcher = matcher;
		if (broker.getClass() == SimpleBrokerMessageHandler.class
				&& registry.getClass() == DefaultSubscriptionRegistry.class) {
			DefaultSubscriptionRegistry original = (DefaultSubscriptionRegistry) registry;
			WatchedSubscriptionRegistry watched = new WatchedSubscriptionRegistry(created, matcher, this.closed);
			broker.setSubscriptionRegistry(watched);
			watched.setPathMatcher(matcher);
			watched.setCacheLimit(original.getCacheLimit());
			watched.setSelectorHeaderName(original.getSelectorHeaderName());
			this.watch = new Watch(broker, watched);
		}
	}

	/**
	 * Get all messages of destinations with history, with or without a subscription: this
	 * node has to know of those that come without a number.
	 * @param prefix a destination, or its beginning followed by {@code *}
	 */
	void keep(String prefix) {
		DestinationAudience present = this.audience;
		PathMatcher matcher = this.matcher;
		if (present == null || matcher == null) {
			return;
		}
		if (!prefix.endsWith("*")) {
			present.subscribed(prefix);
			return;
		}
		String start = prefix.substring(0, prefix.length() - 1);
		// a path may be separated by dots
		Optional<String> pattern = Stream.of(prefix + "/**", prefix + ".**")
			.filter((each) -> matcher.match(each, start + "x") && matcher.match(each, start + "x/y.z"))
			.findFirst();
		pattern.ifPresentOrElse(present::subscribed, present::everything);
	}

	/** Tell the other nodes that all subscriptions are announced, if so. */
	void open() {
		Watch present = this.watch;
		DestinationAudience audience = this.audience;
		if (present != null && audience != null && present.isInUse() && !this.opened.getAndSet(true)) {
			audience.open();
		}
	}

	/** Get everything from now on, if the application has replaced the registry. */
	void verify() {
		Watch present = this.watch;
		if (present != null && !present.isInUse() && !this.replaced.getAndSet(true)) {
			DestinationAudience audience = this.audience;
			if (audience != null) {
				audience.needEverything();
			}
		}
	}

	/**
	 * Return the nodes that a message of a destination is to be sent to. It takes no
	 * lock.
	 * @return whether to send to a node, asked once for each message; {@code null} for
	 * all nodes
	 */
	@Nullable Predicate<Node> of(String destination) {
		DestinationAudience present = this.audience;
		return (present == null || UserDestinations.isOfSession(destination)) ? null : present.of(destination);
	}

	/**
	 * Return when the subscription of a SUBSCRIBE frame is in force.
	 * @return completes by a thread that must not run code of the application;
	 * {@code null} if nothing was announced
	 */
	@Nullable CompletionStage<@Nullable Void> known(Message<?> subscribe) {
		Watch present = this.watch;
		String sessionId = SimpMessageHeaderAccessor.getSessionId(subscribe.getHeaders());
		String id = SimpMessageHeaderAccessor.getSubscriptionId(subscribe.getHeaders());
		return (present != null && sessionId != null && id != null) ? present.registry.known(sessionId, id) : null;
	}

	/**
	 * Return what a session of this node has subscribed to, as far as it is announced.
	 */
	List<String> destinations(String sessionId) {
		Watch present = this.watch;
		return (present != null) ? present.registry.destinations(sessionId) : List.of();
	}

	@Override
	public void onApplicationEvent(SessionDisconnectEvent event) {
		Watch present = this.watch;
		if (present != null) {
			// the DISCONNECT that follows may be refused
			present.inUse().unregisterAllSubscriptions(event.getSessionId());
		}
	}

	private record Watch(SimpleBrokerMessageHandler broker, WatchedSubscriptionRegistry registry) {

		/** The registry, with what destinations with history need. */
		SubscriptionRegistry inUse() {
			return (this.broker.getSubscriptionRegistry() instanceof HistoryRegistry kept && isInUse()) ? kept
					: this.registry;
		}

		boolean isInUse() {
			SubscriptionRegistry present = this.broker.getSubscriptionRegistry();
			return ((present instanceof HistoryRegistry kept) ? kept.delegate() : present) == this.registry;
		}

	}

}
