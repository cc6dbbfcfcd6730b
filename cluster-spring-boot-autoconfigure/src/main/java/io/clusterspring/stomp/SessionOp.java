package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;

import io.clusterspring.text.Utf8;

/**
 * A change to the sessions of a node. Applied in order they give its present state;
 * applied again they change nothing.
 */
sealed interface SessionOp {

	/**
	 * 64 KB: the most that a frame has of changes, unless it is a single one, and the
	 * most that the names in one may have. Clients choose some of them, and a frame that
	 * is too large would keep all others of its node from being known.
	 */
	int MOST_BYTES = 1 << 16;

	/**
	 * How many changes a frame has at most.
	 */
	int MOST_OPS = 1000;

	/**
	 * Return the session.
	 * @return the session's id
	 */
	String sessionId();

	/**
	 * Return all names in it.
	 * @return the texts
	 */
	List<String> texts();

	/**
	 * Return how long the names in it are.
	 * @return the number of bytes
	 */
	default long size() {
		return texts().stream().mapToLong(Utf8::length).sum();
	}

	/**
	 * Return whether other nodes can be told of it.
	 * @return whether its names are well-formed, and not too long
	 */
	default boolean canBeTold() {
		return size() <= MOST_BYTES && texts().stream().allMatch(Utf8::isWellFormed);
	}

	/**
	 * Take as many changes as fit into a frame.
	 * @param ops the changes, which lose those that are taken
	 * @return the first of them, none if there are none
	 */
	static List<SessionOp> take(Queue<SessionOp> ops) {
		List<SessionOp> taken = new ArrayList<>();
		long size = 0;
		for (SessionOp next = ops.peek(); next != null && taken.size() < MOST_OPS; next = ops.peek()) {
			size += next.size();
			if (size > MOST_BYTES && !taken.isEmpty()) {
				break;
			}
			taken.add(ops.remove());
		}
		return taken;
	}

	/**
	 * Return what makes the present state out of nothing, as far as it can be told.
	 * @param registry the sessions of this node
	 * @return the changes
	 */
	static List<SessionOp> all(@Nullable SimpUserRegistry registry) {
		List<SessionOp> ops = new ArrayList<>();
		for (SimpUser user : (registry != null) ? registry.getUsers() : List.<SimpUser>of()) {
			for (SimpSession session : user.getSessions()) {
				ops.add(new Connected(session.getId(), user.getName()));
				session.getSubscriptions()
					.forEach((subscription) -> ops
						.add(new Subscribed(session.getId(), subscription.getId(), subscription.getDestination())));
			}
		}
		ops.removeIf((op) -> !op.canBeTold());
		return ops;
	}

	/**
	 * A user's session began.
	 */
	record Connected(String sessionId, String user) implements SessionOp {

		@Override
		public List<String> texts() {
			return List.of(this.sessionId, this.user);
		}

	}

	/**
	 * A session ended.
	 */
	record Disconnected(String sessionId, String user) implements SessionOp {

		@Override
		public List<String> texts() {
			return List.of(this.sessionId, this.user);
		}

	}

	/**
	 * A session has subscribed.
	 */
	record Subscribed(String sessionId, String id, String destination) implements SessionOp {

		@Override
		public List<String> texts() {
			return List.of(this.sessionId, this.id, this.destination);
		}

	}

	/**
	 * A session has given up a subscription.
	 */
	record Unsubscribed(String sessionId, String id) implements SessionOp {

		@Override
		public List<String> texts() {
			return List.of(this.sessionId, this.id);
		}

	}

}
