package io.clusterspring.stomp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.broker.DefaultSubscriptionRegistry;
import org.springframework.util.PathMatcher;

import io.clusterspring.interest.DestinationAudience;
import io.clusterspring.interest.DestinationAudience.Announcement;

/**
 * Spring's own registry of subscriptions, which announces them to the other nodes: each
 * one after it was added, and until it is removed. A lock for some of the sessions keeps
 * the two in step; delivery does not take it. Thread-safe.
 */
final class WatchedSubscriptionRegistry extends DefaultSubscriptionRegistry {

	/** A header of subscriptions that no other node needs to know. */
	static final String UNANNOUNCED = "clusterUnannounced";

	private static final int STRIPES = 64;

	private final DestinationAudience audience;

	private final PathMatcher matcher;

	private final Predicate<String> closed;

	private final Stripe[] stripes = new Stripe[STRIPES];

	/**
	 * Create a registry without subscriptions.
	 * @param matcher as the audience has it
	 * @param closed whether a session is known to have been closed
	 */
	WatchedSubscriptionRegistry(DestinationAudience audience, PathMatcher matcher, Predicate<String> closed) {
		this.audience = audience;
		this.matcher = matcher;
		this.closed = closed;
		for (int i = 0; i < STRIPES; i++) {
			this.stripes[i] = new Stripe();
		}
	}

	private Stripe stripe(String sessionId) {
		return this.stripes[Math.floorMod(sessionId.hashCode(), STRIPES)];
	}

	@Override
	protected void addSubscriptionInternal(String sessionId, String subscriptionId, String destination,
			Message<?> message) {
		Stripe stripe = stripe(sessionId);
		synchronized (stripe) {
			try {
				super.addSubscriptionInternal(sessionId, subscriptionId, destination, message);
			}
			finally {
				// a pattern that cannot be read is registered all the same
				if (!message.getHeaders().containsKey(UNANNOUNCED)
						&& !UserDestinations.isOfSession(destination, sessionId)) {
					announce(stripe.session(sessionId), subscriptionId, destination);
				}
				// its SUBSCRIBE was handled after its DISCONNECT
				if (this.closed.test(sessionId)) {
					unregisterAllSubscriptions(sessionId);
				}
			}
		}
	}

	private void announce(Map<String, Held> session, String subscriptionId, String destination) {
		Held present = session.get(subscriptionId);
		if (present == null) {
			boolean same = getPathMatcher() == this.matcher;
			session.put(subscriptionId, new Held(destination,
					same ? this.audience.subscribed(destination) : this.audience.everything(), null));
		}
		else if (present.more == null && !present.destination.equals(destination)) {
			// the broker keeps the first one, but may deliver what it has looked up
			session.put(subscriptionId,
					new Held(present.destination, present.announcement, this.audience.everything()));
		}
	}

	@Override
	protected void removeSubscriptionInternal(String sessionId, String subscriptionId, Message<?> message) {
		Stripe stripe = stripe(sessionId);
		synchronized (stripe) {
			super.removeSubscriptionInternal(sessionId, subscriptionId, message);
			Held ended = stripe.remove(sessionId, subscriptionId);
			if (ended != null) {
				end(ended);
			}
		}
	}

	@Override
	public void unregisterAllSubscriptions(String sessionId) {
		Stripe stripe = stripe(sessionId);
		synchronized (stripe) {
			super.unregisterAllSubscriptions(sessionId);
			Map<String, Held> ended = stripe.sessions.remove(sessionId);
			if (ended != null) {
				ended.values().forEach(this::end);
			}
		}
	}

	private void end(Held ended) {
		this.audience.unsubscribed(ended.announcement);
		if (ended.more != null) {
			this.audience.unsubscribed(ended.more);
		}
	}

	/**
	 * Return when a subscription is in force.
	 * @return completes by a thread that must not run code of the application;
	 * {@code null} if nothing was announced
	 */
	@Nullable CompletionStage<@Nullable Void> known(String sessionId, String subscriptionId) {
		Stripe stripe = stripe(sessionId);
		synchronized (stripe) {
			Map<String, Held> session = stripe.sessions.get(sessionId);
			Held held = (session != null) ? session.get(subscriptionId) : null;
			return (held != null) ? held.announcement.known() : null;
		}
	}

	/** Return the destinations that a session has announced. */
	List<String> destinations(String sessionId) {
		Stripe stripe = stripe(sessionId);
		synchronized (stripe) {
			Map<String, Held> session = stripe.sessions.get(sessionId);
			return (session != null) ? session.values().stream().map(Held::destination).distinct().toList() : List.of();
		}
	}

	/** The announced subscriptions of some sessions. */
	private static final class Stripe {

		private final Map<String, Map<String, Held>> sessions = new HashMap<>();

		Map<String, Held> session(String id) {
			return this.sessions.computeIfAbsent(id, (key) -> new HashMap<>(4));
		}

		@Nullable Held remove(String sessionId, String subscriptionId) {
			Map<String, Held> session = this.sessions.get(sessionId);
			Held removed = (session != null) ? session.remove(subscriptionId) : null;
			if (session != null && session.isEmpty()) {
				this.sessions.remove(sessionId);
			}
			return removed;
		}

	}

	/**
	 * A subscription.
	 *
	 * @param more what its client has subscribed to by the same id
	 */
	private record Held(String destination, Announcement announcement, @Nullable Announcement more) {
	}

}
