package io.clusterspring.interest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiPredicate;

import io.clusterspring.replication.Replica;

/**
 * The topics and destinations that one incarnation of another node has announced. One
 * thread writes, any thread reads.
 */
final class PeerTopics implements Replica<Interest, Interest> {

	private final int most;

	/** The topics, and the ids of their announcements. */
	private final Map<String, Long> topics = new ConcurrentHashMap<>();

	/** The names of patterns among the topics. */
	private final Set<String> patternNames = new HashSet<>();

	private volatile PeerPatterns patterns = PeerPatterns.NONE;

	/** The names of beginnings among the topics. */
	private final Set<String> beginnings = new CopyOnWriteArraySet<>();

	private volatile boolean tooMany;

	private volatile boolean leased;

	private volatile long asked;

	PeerTopics(int most) {
		this.most = most;
	}

	@Override
	public void apply(Interest change) {
		if (change.announced()) {
			put(change);
		}
		else {
			this.topics.remove(change.topic(), change.id());
		}
		if (Names.isPattern(change.topic()) || Names.isBeginning(change.topic())) {
			updatePatterns();
		}
	}

	private void updatePatterns() {
		this.beginnings.retainAll(this.topics.keySet());
		this.patternNames.retainAll(this.topics.keySet());
		this.patterns = PeerPatterns.of(this.patternNames);
	}

	private void put(Interest added) {
		// the empty topic beyond the bound
		if (this.topics.size() > this.most && !this.topics.containsKey(added.topic())) {
			this.tooMany = true;
		}
		else {
			this.topics.merge(added.topic(), added.id(), Math::max);
			if (Names.isPattern(added.topic())) {
				this.patternNames.add(added.topic());
			}
			else if (Names.isBeginning(added.topic())) {
				this.beginnings.add(added.topic());
			}
		}
	}

	@Override
	public void replace(long after, long end, List<Interest> entries) {
		if (after == 0) {
			this.tooMany = false;
		}
		Map<String, Long> kept = new HashMap<>();
		entries.forEach((entry) -> kept.put(entry.topic(), entry.id()));
		this.topics.entrySet().removeIf((known) -> {
			long id = known.getValue();
			return id > after && id <= end && !kept.containsKey(known.getKey());
		});
		entries.forEach(this::put);
		updatePatterns();
	}

	/**
	 * All that the node had announced at a moment is here.
	 * @param moment the moment, by the clock of this node
	 */
	void lease(long moment) {
		this.asked = moment;
		this.leased = true;
	}

	/** Return whether anything may be left out for the node. */
	boolean isLeased(long now) {
		return this.leased && now - this.asked < InterestState.LEASE;
	}

	/** Return whether there is no lease, or it is to be renewed. */
	boolean needsRenewal(long now) {
		return !this.leased || now - this.asked >= InterestState.RENEWAL;
	}

	/** Return whether a message may be left out for the node. */
	boolean isWithout(String topic, long now) {
		return isComplete(now) && !this.topics.containsKey(topic) && !begins(topic);
	}

	private boolean begins(String topic) {
		for (String beginning : this.beginnings) {
			if (Names.isOf(beginning, topic)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a message of a destination may be left out for the node.
	 * @param name the name of the destination
	 * @param match matches the name of a pattern with a destination
	 */
	boolean isWithout(String name, String destination, BiPredicate<String, String> match, long now) {
		return isComplete(now) && this.topics.containsKey(Names.DESTINATIONS)
				&& !this.topics.containsKey(Names.EVERY_DESTINATION) && !this.topics.containsKey(name)
				&& !this.patterns.match(destination, match);
	}

	// names that stand for others are looked for first: a topic that such a name covers
	// gets an entry of its own before the name ends
	private boolean isComplete(long now) {
		return isLeased(now) && !this.tooMany && !this.topics.containsKey(Interest.EVERYTHING);
	}

	int size() {
		return this.topics.size() - (this.topics.containsKey(Names.DESTINATIONS) ? 1 : 0);
	}

}
