package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;

import io.clusterspring.replication.OwnChanges.PartSize;
import io.clusterspring.text.Utf8;

/**
 * A change of the sessions of a node. All changes, applied in order, give the current
 * state. Applying a change twice has no further effect.
 */
sealed interface SessionOp {

	/**
	 * The maximum size of the names in a frame, and of those in one change, in bytes.
	 * Clients choose some names, and a frame that is too large would stop the replication
	 * of all sessions of its node.
	 */
	int MAX_BYTES = 1 << 16;

	/** How many changes are sent in a frame. */
	PartSize<SessionOp> IN_FRAME = new PartSize<>(SessionOp::size, MAX_BYTES, 1000);

	String sessionId();

	/**
	 * Return all names of the change, in the order of the wire format.
	 * @return the names
	 */
	List<String> names();

	default long size() {
		return names().stream().mapToLong(Utf8::length).sum();
	}

	/**
	 * Return whether the change can be sent to other nodes.
	 * @return {@code true} if its names are well-formed and not too long
	 */
	default boolean isSendable() {
		return size() <= MAX_BYTES && names().stream().allMatch(Utf8::isWellFormed);
	}

	/**
	 * Return the changes that create the current state from an empty one, without those
	 * that cannot be sent to other nodes.
	 * @param registry the sessions of users of this node
	 * @param anonymous the ids of the sessions without a user
	 * @return the changes
	 */
	static List<SessionOp> all(@Nullable SimpUserRegistry registry, Collection<String> anonymous) {
		List<SessionOp> ops = new ArrayList<>();
		anonymous.forEach((sessionId) -> ops.add(new AnonymousConnected(sessionId)));
		for (SimpUser user : (registry != null) ? registry.getUsers() : List.<SimpUser>of()) {
			for (SimpSession session : user.getSessions()) {
				ops.add(new Connected(session.getId(), user.getName()));
				session.getSubscriptions()
					.forEach((subscription) -> ops
						.add(new Subscribed(session.getId(), subscription.getId(), subscription.getDestination())));
			}
		}
		ops.removeIf((op) -> !op.isSendable());
		return ops;
	}

	/**
	 * A user's session has started.
	 */
	record Connected(String sessionId, String user) implements SessionOp {

		@Override
		public List<String> names() {
			return List.of(this.sessionId, this.user);
		}

	}

	/**
	 * A session has ended.
	 */
	record Disconnected(String sessionId, String user) implements SessionOp {

		@Override
		public List<String> names() {
			return List.of(this.sessionId, this.user);
		}

	}

	/**
	 * A session has subscribed.
	 */
	record Subscribed(String sessionId, String id, String destination) implements SessionOp {

		@Override
		public List<String> names() {
			return List.of(this.sessionId, this.id, this.destination);
		}

	}

	/**
	 * A session has unsubscribed.
	 */
	record Unsubscribed(String sessionId, String id) implements SessionOp {

		@Override
		public List<String> names() {
			return List.of(this.sessionId, this.id);
		}

	}

	/**
	 * A session without a user has started.
	 */
	record AnonymousConnected(String sessionId) implements SessionOp {

		@Override
		public List<String> names() {
			return List.of(this.sessionId);
		}

	}

	/**
	 * A session without a user has ended.
	 */
	record AnonymousDisconnected(String sessionId) implements SessionOp {

		@Override
		public List<String> names() {
			return List.of(this.sessionId);
		}

	}

}
