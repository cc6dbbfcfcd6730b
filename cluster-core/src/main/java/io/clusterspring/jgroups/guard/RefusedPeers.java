package io.clusterspring.jgroups.guard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.RefusedPeer;

/**
 * Remembers who did not get in and why, and logs each host once an hour. Strangers can be
 * many: it takes note of the first hundred of an hour, and of others beyond. Thread-safe.
 */
final class RefusedPeers {

	private static final Log logger = LogFactory.getLog(RefusedPeers.class);

	private static final long HOUR = TimeUnit.HOURS.toNanos(1);

	private static final int MOST_STRANGERS = 100;

	private static final int MOST = 200;

	private final Map<Key, Entry> entries = new LinkedHashMap<>();

	private final AtomicLongArray counts = new AtomicLongArray(RefusedPeer.Reason.values().length);

	long count(RefusedPeer.Reason reason) {
		return this.counts.get(reason.ordinal());
	}

	void add(String host, String port, ConnectionRefusedException refusal) {
		this.counts.incrementAndGet(refusal.reason().ordinal());
		String detail = String.valueOf(refusal.getMessage());
		RefusedPeer peer = new RefusedPeer(host + port, refusal.reason(), detail);
		if (isNews(host, peer, System.nanoTime())) {
			logger.warn("Not connected with " + peer.address() + ": " + detail + ". Said once an hour.");
		}
	}

	synchronized boolean isNews(String host, RefusedPeer peer, long now) {
		this.entries.values().removeIf((entry) -> now - entry.since > HOUR);
		boolean stranger = peer.reason() == RefusedPeer.Reason.STRANGER;
		if (this.entries.size() >= ((stranger) ? MOST_STRANGERS : MOST)) {
			return false;
		}
		return this.entries.putIfAbsent(new Key(host, peer.reason()), new Entry(peer, now)) == null;
	}

	// within the last hour, the strangers aside
	synchronized List<RefusedPeer> nodes() {
		return this.entries.values()
			.stream()
			.map(Entry::peer)
			.filter((peer) -> peer.reason() != RefusedPeer.Reason.STRANGER)
			.toList();
	}

	private record Key(String host, RefusedPeer.Reason reason) {
	}

	private record Entry(RefusedPeer peer, long since) {
	}

}
