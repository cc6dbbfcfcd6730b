package io.clusterspring.http.events;

import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

import io.clusterspring.mailbox.Counts;

/**
 * Statistics of server-sent events on this node. Thread-safe.
 */
public final class EventsStatistics {

	private final Collection<EventStream> open;

	private final LongAdder accepted = new LongAdder();

	private final Counts<EventsRefusal> refused = new Counts<>(EventsRefusal.class);

	private final Counts<EventsEnd> ended = new Counts<>(EventsEnd.class);

	EventsStatistics(Collection<EventStream> open) {
		this.open = open;
	}

	void accept() {
		this.accepted.increment();
	}

	void refuse(EventsRefusal reason) {
		this.refused.add(reason);
	}

	void end(EventsEnd reason) {
		this.ended.add(reason);
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
		return this.refused.count(reason);
	}

	/**
	 * Return how many connections have ended for a reason.
	 * @param reason the reason
	 * @return the number since the start
	 */
	public long ended(EventsEnd reason) {
		return this.ended.count(reason);
	}

}
