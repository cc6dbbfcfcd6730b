package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import io.clusterspring.stomp.HistoryHeaders.Delivery;

/**
 * The subscriptions of this node whose clients have asked for the history of their
 * destination: those that wait for the answer, which the broker does not know yet, and
 * those that have got it and are told of gaps. Thread-safe.
 */
final class HistorySubscriptions {

	/** How many subscriptions of one session may wait for an answer. */
	static final int MOST_WAITING = 256;

	private final ConcurrentMap<String, Map<String, Asked>> sessions = new ConcurrentHashMap<>();

	/**
	 * Add a subscription, in place of one of the same name.
	 * @param to the session and its subscription
	 * @param subscribe the frame of the client
	 */
	Asked add(Delivery to, String destination, Message<?> subscribe, PositionRequest request) {
		Asked added = new Asked(to, destination, subscribe, request);
		this.sessions.compute(String.valueOf(to.sessionId()), (id, known) -> {
			Map<String, Asked> session = (known != null) ? known : new ConcurrentHashMap<>();
			end(session.put(String.valueOf(to.subscriptionId()), added));
			added.crowded = session.values().stream().filter(Asked::waits).count() > MOST_WAITING;
			return session;
		});
		return added;
	}

	/** A subscription has ended, or another one has its name now. */
	@SuppressWarnings("NullAway")
	void remove(String sessionId, String subscriptionId) {
		this.sessions.computeIfPresent(sessionId, (id, session) -> {
			end(session.remove(subscriptionId));
			return session.isEmpty() ? null : session;
		});
	}

	/** A session has ended. */
	void removeAll(String sessionId) {
		Map<String, Asked> session = this.sessions.remove(sessionId);
		if (session != null) {
			session.values().forEach(HistorySubscriptions::end);
		}
	}

	private static void end(@Nullable Asked asked) {
		if (asked != null) {
			asked.end();
		}
	}

	/** Return the subscriptions that have got their answer, of some destinations. */
	List<Asked> live(Predicate<String> destinations) {
		List<Asked> live = new ArrayList<>();
		this.sessions.values()
			.forEach((session) -> session.values()
				.stream()
				.filter((asked) -> asked.isLive() && destinations.test(asked.destination()))
				.forEach(live::add));
		return live;
	}

	/** One subscription. */
	static final class Asked {

		private final Delivery to;

		private final String destination;

		private final Message<?> subscribe;

		private final PositionRequest request;

		private final long since = System.nanoTime();

		private boolean crowded;

		private State state = State.WAITING;

		Asked(Delivery to, String destination, Message<?> subscribe, PositionRequest request) {
			this.to = to;
			this.destination = destination;
			this.subscribe = subscribe;
			this.request = request;
		}

		Delivery to() {
			return this.to;
		}

		String destination() {
			return this.destination;
		}

		/** Return the headers of the client's frame. */
		MessageHeaders headers() {
			return this.subscribe.getHeaders();
		}

		PositionRequest request() {
			return this.request;
		}

		/** Return for how long it has waited, in nanoseconds. */
		long waited() {
			return System.nanoTime() - this.since;
		}

		/** Return whether its session has so many that wait that it must not wait. */
		boolean isCrowded() {
			return this.crowded;
		}

		/**
		 * Register with the broker, unless the subscription has ended. It ends before or
		 * after this, so that the broker never keeps what has ended.
		 * @param register takes the frame of the client
		 * @return whether it is registered
		 */
		synchronized boolean begin(Consumer<Message<?>> register) {
			if (this.state != State.WAITING) {
				return false;
			}
			register.accept(this.subscribe);
			this.state = State.LIVE;
			return true;
		}

		synchronized boolean waits() {
			return this.state == State.WAITING;
		}

		synchronized boolean isLive() {
			return this.state == State.LIVE;
		}

		private synchronized void end() {
			this.state = State.ENDED;
		}

		private enum State {

			WAITING, LIVE, ENDED

		}

	}

}
