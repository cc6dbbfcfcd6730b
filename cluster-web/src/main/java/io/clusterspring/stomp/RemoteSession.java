package io.clusterspring.stomp;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpSubscription;
import org.springframework.messaging.simp.user.SimpUser;

import io.clusterspring.Node;

/**
 * A user's session on another node. Changed by one thread, and read by any thread.
 */
final class RemoteSession implements SimpSession {

	private final Node node;

	private final String id;

	private final SimpUser user;

	private final Map<String, SimpSubscription> subscriptions = new ConcurrentHashMap<>(4);

	RemoteSession(Node node, String id, SimpUser user) {
		this.node = node;
		this.id = id;
		this.user = user;
	}

	void subscribe(String subscriptionId, String destination) {
		this.subscriptions.put(subscriptionId, new Subscription(subscriptionId, destination));
	}

	void unsubscribe(String subscriptionId) {
		this.subscriptions.remove(subscriptionId);
	}

	void subscribeAs(RemoteSession other) {
		this.subscriptions.keySet().retainAll(other.subscriptions.keySet());
		other.subscriptions
			.forEach((subscriptionId, subscription) -> subscribe(subscriptionId, subscription.getDestination()));
	}

	Node node() {
		return this.node;
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public SimpUser getUser() {
		return this.user;
	}

	@Override
	public Set<SimpSubscription> getSubscriptions() {
		return new HashSet<>(this.subscriptions.values());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof SimpSession that && this.id.equals(that.getId()));
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	@Override
	public String toString() {
		return "id=" + this.id + " at " + this.node + ", subscriptions=" + this.subscriptions.values();
	}

	/** A subscription of the session. */
	private final class Subscription implements SimpSubscription {

		private final String id;

		private final String destination;

		Subscription(String id, String destination) {
			this.id = id;
			this.destination = destination;
		}

		@Override
		public String getId() {
			return this.id;
		}

		@Override
		public SimpSession getSession() {
			return RemoteSession.this;
		}

		@Override
		public String getDestination() {
			return this.destination;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other || (other instanceof SimpSubscription that && this.id.equals(that.getId())
					&& getSession().getId().equals(that.getSession().getId()));
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.id, getSession().getId());
		}

		@Override
		public String toString() {
			return "destination=" + this.destination;
		}

	}

}
