package io.clusterspring.benchmarks.history;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.clusterspring.benchmarks.Latencies;

/**
 * The counts of all clients. Not thread-safe.
 */
final class ClientFigures {

	private final Latencies deliveries = new Latencies();

	private final Times untilNoticed = new Times();

	private final Times untilConnected = new Times();

	private final Times untilJoin = new Times();

	private final Times sinceKill = new Times();

	private final Times sinceJoin = new Times();

	private final Map<String, Integer> lost = new TreeMap<>();

	private long bytes;

	private long killed;

	private int unexpected;

	private int recovered;

	private int gaps;

	void delivered(int bytes, long nanos) {
		this.bytes += bytes;
		this.deliveries.add(nanos);
	}

	/** Begin to count deliveries anew. */
	void clear() {
		this.deliveries.clear();
		this.bytes = 0;
	}

	void killed() {
		this.killed = System.nanoTime();
	}

	void disconnected(boolean unexpected) {
		this.unexpected += (unexpected) ? 1 : 0;
		this.untilNoticed.add(System.nanoTime() - this.killed);
	}

	/**
	 * A client has come back.
	 * @param joined when it sent its join
	 * @param reason why it did not recover, {@code null} if it did
	 */
	void returned(long joined, @Nullable String reason) {
		if (reason != null) {
			this.lost.merge(reason, 1, Integer::sum);
			return;
		}
		this.recovered++;
		long now = System.nanoTime();
		this.untilJoin.add(joined - this.killed);
		this.sinceJoin.add(now - joined);
		this.sinceKill.add(now - this.killed);
	}

	void gap() {
		this.gaps++;
	}

	Latencies deliveries() {
		return this.deliveries;
	}

	long bytes() {
		return this.bytes;
	}

	/** Return when clients saw that their connection was gone, after the kill. */
	Times untilNoticed() {
		return this.untilNoticed;
	}

	void connected() {
		this.untilConnected.add(System.nanoTime() - this.killed);
	}

	Times untilConnected() {
		return this.untilConnected;
	}

	Times untilJoin() {
		return this.untilJoin;
	}

	Times sinceKill() {
		return this.sinceKill;
	}

	Times sinceJoin() {
		return this.sinceJoin;
	}

	int unexpected() {
		return this.unexpected;
	}

	int recovered() {
		return this.recovered;
	}

	/** Return how many clients did not recover, by reason. */
	Map<String, Integer> lost() {
		return this.lost;
	}

	int gaps() {
		return this.gaps;
	}

	/** Return how many clients were told whether they have recovered. */
	int returned() {
		return this.recovered + this.lost.values().stream().mapToInt(Integer::intValue).sum();
	}

}
