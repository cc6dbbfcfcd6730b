package io.clusterspring.interest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.replication.OwnChanges;
import io.clusterspring.replication.OwnChanges.PartSize;

/**
 * The topics that this node announces, and the subscriptions that they stand for. Not
 * thread-safe.
 */
final class OwnInterests {

	/** A page, or the changes of a message, in bytes: less than one part of a message. */
	static final PartSize<Interest> IN_FRAME = new PartSize<>(Interest::size, 48_000, Integer.MAX_VALUE);

	/** How many changes may wait to be sent; the others request the state beyond. */
	static final int CAPACITY = 65_536;

	private final int most;

	private final long linger;

	private final OwnChanges<Interest> changes;

	/** In the order of the ids. */
	private final Map<String, Announced> announced = new LinkedHashMap<>();

	/** Those without a subscriber, the first one for the longest time. */
	private final Set<Announced> idle = new LinkedHashSet<>();

	/** Topics that are not announced, because all are; and their subscriptions. */
	private final Map<String, Integer> covered = new LinkedHashMap<>();

	private long ids;

	OwnInterests(long incarnation, InterestSettings settings) {
		this.most = settings.maxTopics();
		this.linger = settings.linger().toNanos();
		this.changes = new OwnChanges<>(incarnation, OwnChanges.Numbered.CHANGE, CAPACITY, IN_FRAME);
	}

	OwnChanges<Interest> changes() {
		return this.changes;
	}

	/** Return what is announced for a new subscription. */
	Announced add(String topic) {
		Announced present = this.announced.get(topic);
		if (present == null && this.covered.containsKey(topic)) {
			this.covered.merge(topic, 1, Integer::sum);
			return everything();
		}
		if (present == null && !hasRoom()) {
			this.covered.put(topic, 1);
			return use(everything());
		}
		return use((present != null) ? present : announce(topic));
	}

	private boolean hasRoom() {
		while (this.announced.size() >= this.most && !this.idle.isEmpty()) {
			withdraw(this.idle.iterator().next());
		}
		return this.announced.size() < this.most;
	}

	private Announced everything() {
		Announced present = this.announced.get(Interest.EVERYTHING);
		return (present != null) ? present : announce(Interest.EVERYTHING);
	}

	private Announced use(Announced topic) {
		topic.subscribers++;
		this.idle.remove(topic);
		return topic;
	}

	private Announced announce(String topic) {
		long id = ++this.ids;
		this.changes.add(new Interest(true, id, topic));
		Announced added = new Announced(id, topic, this.changes.last());
		this.announced.put(topic, added);
		return added;
	}

	private void withdraw(Announced topic) {
		this.idle.remove(topic);
		this.announced.remove(topic.topic);
		this.changes.add(new Interest(false, topic.id, topic.topic));
	}

	void remove(String topic, long now) {
		Announced present = this.announced.get(topic);
		if (present != null && present.subscribers > 0) {
			leave(present, now);
		}
		else if (this.covered.containsKey(topic) && this.covered.merge(topic, -1, Integer::sum) == 0) {
			uncover(topic, now);
		}
	}

	private void uncover(String topic, long now) {
		this.covered.remove(topic);
		leave(everything(), now);
	}

	private void leave(Announced topic, long now) {
		if (--topic.subscribers == 0) {
			topic.idleSince = now;
			this.idle.add(topic);
		}
	}

	/** Withdraw what nobody has used for the time that it lingers. */
	void expire(long now) {
		announceCovered(now);
		Iterator<Announced> eldest = this.idle.iterator();
		List<Announced> over = new ArrayList<>();
		while (eldest.hasNext()) {
			Announced next = eldest.next();
			if (now - next.idleSince < this.linger) {
				break;
			}
			over.add(next);
		}
		over.forEach(this::withdraw);
	}

	// waits until there is room for some, or it would begin and end all the time
	private void announceCovered(long now) {
		if (this.announced.size() < this.most - this.most / 10) {
			while (!this.covered.isEmpty() && this.announced.size() < this.most) {
				String topic = this.covered.keySet().iterator().next();
				announce(topic).subscribers = this.covered.getOrDefault(topic, 0);
				uncover(topic, now);
			}
		}
	}

	/** Return the announced topics with ids greater than this one. */
	List<Interest> after(long id) {
		List<Interest> rest = new ArrayList<>();
		for (Announced next : this.announced.values()) {
			if (next.id > id) {
				rest.add(new Interest(true, next.id, next.topic));
			}
		}
		return rest;
	}

	int size() {
		return this.announced.size() - (this.announced.containsKey(Names.DESTINATIONS) ? 1 : 0);
	}

	boolean isEverything() {
		return this.announced.containsKey(Interest.EVERYTHING);
	}

	/** Pass each topic of this node with its number of subscriptions. */
	void forEach(BiConsumer<String, Integer> action) {
		this.covered.forEach(action);
		this.announced.values().forEach((topic) -> {
			if (!topic.topic.equals(Interest.EVERYTHING)) {
				action.accept(topic.topic, topic.subscribers);
			}
		});
	}

	/** A topic that is announced. */
	static final class Announced {

		private final long id;

		private final String topic;

		private final long number;

		private int subscribers;

		private long idleSince;

		private @Nullable CompletionStage<@Nullable Void> known;

		Announced(long id, String topic, long number) {
			this.id = id;
			this.topic = topic;
			this.number = number;
		}

		/** Return the number of the change that announces it. */
		long number() {
			return this.number;
		}

		/** Return the stage of when the others know it, {@code null} before it is set. */
		@Nullable CompletionStage<@Nullable Void> known() {
			return this.known;
		}

		void known(CompletionStage<@Nullable Void> stage) {
			this.known = stage;
		}

	}

}
