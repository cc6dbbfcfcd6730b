package io.clusterspring.http.events;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Statistics of server-sent events on this node. Thread-safe.
 */
public final class EventsStatistics {

	private final Collection<EventStream> open;

	private final LongAdder accepted = new LongAdder();

	private final Map<EventsRefusal, LongAdder> refused = new EnumMap<>(EventsRefusal.class);

	private final Map<EventsEnd, LongAdder> ended = new EnumMap<>(EventsEnd.class);

	EventsStatistics(Collection<EventStream> open) {
		this.open = open;
		for (EventsRefusal reason : EventsRefusal.values()) {
			this.refused.put(reason, new LongAdder());
		}
		for (EventsEnd reason : EventsEnd.values()) {
			this.ended.put(reason, new LongAdder());
		}
	}

	void accept() {
		this.accepted.increment();
	}

	void refuse(EventsRefusal reason) {
		Objects.requireNonNull(this.refused.get(reason)).increment();
	}

	void end(EventsEnd reason) {
		Objects.requireNonNull(this.ended.get(reason)).increment();
	}

	/**
	 * Return the number of connections, including those that are closing.
	 * @return the present number
	 */
	public int connections() {
		return this.open.size();
	}

	/**
	 * Return how much waits for clients.
	 * @return the number of bytes
	 */
	public long pendingBytes() {
		return this.open.stream().mapToLong(EventStream::pending).sum();
	}

	/**
	 * Return how many clients were let in.
	 * @return the number since the start
	 */
	public long accepted() {
		return this.accepted.sum();
	}

	/**
	 * Return how many clients were refused for a reason.
	 * @param reason the reason
	 * @return the number since the start
	 */
	public long refused(EventsRefusal reason) {
		return Objects.requireNonNull(this.refused.get(reason)).sum();
	}

	/**
	 * Return how many connections have ended for a reason.
	 * @param reason the reason
	 * @return the number since the start
	 */
	public long ended(EventsEnd reason) {
		return Objects.requireNonNull(this.ended.get(reason)).sum();
	}

}
