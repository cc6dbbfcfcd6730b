package io.clusterspring.stomp;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpSubscription;
import org.springframework.messaging.simp.user.SimpSubscriptionMatcher;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;

/**
 * The user registry for all nodes, like Spring's {@code MultiServerUserRegistry} with a
 * broker. It is updated by changes instead of snapshots, so a change on another node is
 * visible as soon as its message arrives. Spring's own registry still manages the
 * sessions of this node. Users of other nodes have no principal here. Thread-safe.
 */
final class ClusterUserRegistry implements SimpUserRegistry, SmartApplicationListener {

	private final SimpUserRegistry local;

	private final RemoteUsers remote;

	private final Function<String, SimpUser> users;

	private final Consumer<ApplicationEvent> listener;

	ClusterUserRegistry(SimpUserRegistry local, RemoteUsers remote, Function<String, SimpUser> users,
			Consumer<ApplicationEvent> listener) {
		this.local = local;
		this.remote = remote;
		this.users = users;
		this.listener = listener;
	}

	@Override
	public @Nullable SimpUser getUser(String userName) {
		SimpUser here = this.local.getUser(userName);
		return this.remote.contains(userName) ? this.users.apply(userName) : here;
	}

	@Override
	public Set<SimpUser> getUsers() {
		Set<SimpUser> all = new HashSet<>();
		this.remote.names().forEach((name) -> all.add(this.users.apply(name)));
		all.addAll(this.local.getUsers());
		return all;
	}

	@Override
	public int getUserCount() {
		int elsewhereOnly = 0;
		for (String name : this.remote.names()) {
			elsewhereOnly += (this.local.getUser(name) == null) ? 1 : 0;
		}
		return this.local.getUserCount() + elsewhereOnly;
	}

	@Override
	public Set<SimpSubscription> findSubscriptions(SimpSubscriptionMatcher matcher) {
		Set<SimpSubscription> found = new HashSet<>(this.local.findSubscriptions(matcher));
		this.remote
			.forEach((session) -> session.getSubscriptions().stream().filter(matcher::match).forEach(found::add));
		return found;
	}

	/**
	 * Return the view for the resolver of user destinations. It finds a single session on
	 * all nodes, but lists only the sessions of this node, because each node resolves its
	 * own.
	 */
	SimpUserRegistry forResolver() {
		return new ForResolver();
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return AbstractSubProtocolEvent.class.isAssignableFrom(eventType)
				|| (this.local instanceof SmartApplicationListener own && own.supportsEventType(eventType));
	}

	@Override
	public int getOrder() {
		int order = (this.local instanceof Ordered ordered) ? ordered.getOrder() : Ordered.LOWEST_PRECEDENCE;
		// it comes before the listeners that close a session whose user has lost the
		// right to it: its end must not be heard before its beginning, or its user stays
		// for ever
		return Math.min(order, Ordered.LOWEST_PRECEDENCE - 1);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (this.local instanceof SmartApplicationListener own && own.supportsEventType(event.getClass())) {
			own.onApplicationEvent(event);
		}
		this.listener.accept(event);
	}

	@Override
	public String toString() {
		return "local=[" + this.local + "], elsewhere=" + this.remote.names();
	}

	/** Lists the sessions of this node, and finds those of all nodes. */
	private final class ForResolver implements SimpUserRegistry {

		@Override
		public @Nullable SimpUser getUser(String userName) {
			SimpUser user = ClusterUserRegistry.this.getUser(userName);
			return (user instanceof ClusterUser known) ? new LocalUser(known) : user;
		}

		@Override
		public Set<SimpUser> getUsers() {
			return ClusterUserRegistry.this.getUsers();
		}

		@Override
		public int getUserCount() {
			return ClusterUserRegistry.this.getUserCount();
		}

		@Override
		public Set<SimpSubscription> findSubscriptions(SimpSubscriptionMatcher matcher) {
			return ClusterUserRegistry.this.findSubscriptions(matcher);
		}

	}

	/**
	 * A user for the resolver: finds a session on any node, but lists only the sessions
	 * of this node.
	 */
	private static final class LocalUser extends ClusterUser {

		LocalUser(ClusterUser user) {
			super(user);
		}

		@Override
		public boolean hasSessions() {
			return !getSessions().isEmpty();
		}

		@Override
		public Set<SimpSession> getSessions() {
			SimpUser here = localUser();
			return (here != null) ? here.getSessions() : Set.of();
		}

	}

}
