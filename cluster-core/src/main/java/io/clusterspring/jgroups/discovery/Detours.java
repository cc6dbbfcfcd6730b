package io.clusterspring.jgroups.discovery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jgroups.PhysicalAddress;
import org.jspecify.annotations.Nullable;

/**
 * Places at which a node answers that says it is to be found elsewhere. A node is only
 * connected with where it says it is, and asked there as well. Thread-safe.
 *
 * <p>
 * Works around BaseServer, which keeps connections by the address they lead to, and
 * closes one of two (not reported yet: docs/upstream.md#a-node-at-two-addresses). This
 * can go once both ends of a connection know each other's own address.
 */
public final class Detours {

	private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(30);

	private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int MOST = 1000;

	private final Set<PhysicalAddress> unanswered = ConcurrentHashMap.newKeySet();

	private final Map<PhysicalAddress, Way> ways = new ConcurrentHashMap<>();

	// about to be asked, and it is not known whose place it is
	void asked(PhysicalAddress place) {
		if (this.unanswered.size() < MOST) {
			this.unanswered.add(place);
		}
	}

	// then an answer over it tells more
	public boolean isUnanswered(Object place) {
		return !this.unanswered.isEmpty() && this.unanswered.contains(place);
	}

	// the node there says it is to be found elsewhere
	public boolean leadElsewhere(PhysicalAddress place, byte[] frame) {
		PhysicalAddress told = DiscoveryMessages.answer(frame);
		if (told != null) {
			answered(place, told, System.nanoTime());
		}
		return told != null && !told.equals(place);
	}

	public void answered(PhysicalAddress place, PhysicalAddress node, long now) {
		this.unanswered.remove(place);
		if (place.equals(node)) {
			this.ways.remove(place);
		}
		else if (this.ways.size() < MOST || this.ways.containsKey(place)) {
			this.ways.put(place, new Way(node, now));
		}
	}

	// the node there has hung up without an answer, and without a quarrel: it has a
	// connection with this one already; the place is not asked for a while
	public void rejected(PhysicalAddress place, long now) {
		if (this.unanswered.remove(place) && this.ways.size() < MOST) {
			this.ways.put(place, new Way(null, now));
		}
	}

	// where a node has answered that is to be found elsewhere
	public List<PhysicalAddress> placesOf(PhysicalAddress node) {
		return this.ways.entrySet()
			.stream()
			.filter((way) -> node.equals(way.getValue().node))
			.map(Map.Entry::getKey)
			.toList();
	}

	// a node may have moved; but what is known of it stays for a while, for it may as
	// well be that it cannot be found where it says
	void failed(PhysicalAddress place, long now) {
		this.unanswered.remove(place);
		this.ways.values().removeIf((way) -> place.equals(way.node) && way.isOld(now));
	}

	// null if it is not to be asked now
	@Nullable PhysicalAddress wayTo(PhysicalAddress place, long now) {
		Way way = this.ways.get(place);
		if (way == null) {
			return place;
		}
		if (way.node == null && way.isOld(now)) {
			this.ways.remove(place, way);
			return place;
		}
		return way.node;
	}

	private record Way(@Nullable PhysicalAddress node, long since) {

		boolean isOld(long now) {
			return now - this.since > ((this.node != null) ? KNOWN_NANOS : REST_NANOS);
		}

	}

}
