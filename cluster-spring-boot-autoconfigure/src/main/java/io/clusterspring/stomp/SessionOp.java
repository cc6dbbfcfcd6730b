package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;

/**
 * A change to the sessions of a node. Applied in order they give its present state;
 * applied again they change nothing.
 */
sealed interface SessionOp {

	/**
	 * Return the session.
	 * @return the session's id
	 */
	String sessionId();

	/**
	 * Return what makes the present state out of nothing.
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
		return ops;
	}

	/**
	 * A user's session began.
	 */
	record Connected(String sessionId, String user) implements SessionOp {
	}

	/**
	 * A session ended.
	 */
	record Disconnected(String sessionId, String user) implements SessionOp {
	}

	/**
	 * A session has subscribed.
	 */
	record Subscribed(String sessionId, String id, String destination) implements SessionOp {
	}

	/**
	 * A session has given up a subscription.
	 */
	record Unsubscribed(String sessionId, String id) implements SessionOp {
	}

}
