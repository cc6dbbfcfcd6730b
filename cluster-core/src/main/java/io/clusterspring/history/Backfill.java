package io.clusterspring.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Fetch;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistorySync.Outbox;
import io.clusterspring.history.TopicLog.Missing;

/**
 * Fetches the messages from before this node came, so that it can serve those who come
 * back as well as an older node. Subscriptions of this node do not receive them. One
 * topic at a time is fetched from each node. Not thread-safe.
 */
final class Backfill {

	private final HistoryStore store;

	private final Outbox outbox;

	private final LongSupplier nanoClock;

	private final Map<Node, Deque<Work>> works = new HashMap<>();

	private final Awaited awaited = new Awaited();

	Backfill(HistoryStore store, Outbox outbox, LongSupplier nanoClock) {
		this.store = store;
		this.outbox = outbox;
		this.nanoClock = nanoClock;
	}

	void view(Collection<Node> others) {
		this.works.entrySet().removeIf((entry) -> {
			boolean gone = !others.contains(entry.getKey());
			if (gone) {
				entry.getValue().forEach(this::isOver);
			}
			return gone;
		});
	}

	boolean awaits(String topic) {
		return this.awaited.contains(topic);
	}

	private void isOver(Work work) {
		this.awaited.remove(work.topic, work.wanted.origin());
	}

	void fetch(Node node, String topic, Missing older) {
		if (this.awaited.add(topic, older.origin())) {
			Deque<Work> works = this.works.computeIfAbsent(node, (key) -> new ArrayDeque<>());
			works.add(new Work(topic, older));
			if (works.size() == 1) {
				ask(node, works.element());
			}
		}
	}

	private void ask(Node node, Work work) {
		work.askedAt = this.nanoClock.getAsLong();
		this.outbox.send(node, new Fetch(work.topic, work.wanted.origin(), work.next(), work.wanted.to()));
	}

	/**
	 * Handle an answer.
	 * @return whether it answers a question of this class
	 */
	boolean received(Node sender, Range range, List<KeptMessage> messages) {
		Deque<Work> works = this.works.get(sender);
		Work work = (works != null) ? works.peek() : null;
		if (works == null || work == null || !work.is(range.topic(), range.window().origin().id())
				|| !work.accepts(messages)) {
			return false;
		}
		boolean more = !messages.isEmpty() && work.next() <= work.wanted.to();
		if (more) {
			ask(sender, work);
		}
		else {
			this.store.with(work.topic, (log) -> {
				log.prepend(work.wanted.origin(), work.fetched);
				return log;
			});
			isOver(works.remove());
			askFirst(sender, works);
			this.outbox.changed(work.topic);
		}
		return true;
	}

	private void askFirst(Node node, Deque<Work> works) {
		Work next = works.peek();
		if (next != null) {
			ask(node, next);
		}
		else {
			this.works.remove(node);
		}
	}

	void tick() {
		long now = this.nanoClock.getAsLong();
		new ArrayList<>(this.works.entrySet()).forEach((entry) -> {
			Work work = entry.getValue().peek();
			if (work != null && now - work.askedAt > HistorySync.PATIENCE) {
				if (++work.tries > 3) {
					isOver(entry.getValue().remove());
				}
				askFirst(entry.getKey(), entry.getValue());
			}
		});
	}

	/** The older messages of an origin on a topic. */
	private static final class Work {

		private final String topic;

		private final Missing wanted;

		private final List<KeptMessage> fetched = new ArrayList<>();

		private long askedAt;

		private int tries;

		Work(String topic, Missing wanted) {
			this.topic = topic;
			this.wanted = wanted;
		}

		boolean is(String other, long origin) {
			return this.topic.equals(other) && this.wanted.origin() == origin;
		}

		long next() {
			return this.fetched.isEmpty() ? this.wanted.from() : this.fetched.get(this.fetched.size() - 1).number() + 1;
		}

		// messages that have gone meanwhile leave a gap: only those after it count
		boolean accepts(List<KeptMessage> messages) {
			if (messages.isEmpty()) {
				return true;
			}
			@Nullable KeptMessage first = messages.get(0);
			if (first.number() < next() || messages.get(messages.size() - 1).number() > this.wanted.to()) {
				return false;
			}
			if (first.number() > next()) {
				this.fetched.clear();
			}
			this.fetched.addAll(messages);
			this.tries = 0;
			return true;
		}

	}

}
