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
 * topic at a time is fetched from each node; if it goes or does not answer, another one
 * that has the messages is asked. Not thread-safe.
 */
final class Backfill {

	private final HistoryStore store;

	private final Outbox outbox;

	private final LongSupplier nanoClock;

	private final Map<Node, Deque<Work>> works = new HashMap<>();

	/** The messages on their way, by topic and origin. */
	private final Map<String, Map<Long, Work>> awaited = new HashMap<>();

	private Collection<Node> nodes = List.of();

	Backfill(HistoryStore store, Outbox outbox, LongSupplier nanoClock) {
		this.store = store;
		this.outbox = outbox;
		this.nanoClock = nanoClock;
	}

	void view(Collection<Node> others) {
		this.nodes = List.copyOf(others);
		List<Work> left = new ArrayList<>();
		this.works.entrySet().removeIf((entry) -> {
			boolean gone = !others.contains(entry.getKey());
			if (gone) {
				left.addAll(entry.getValue());
			}
			return gone;
		});
		left.forEach(this::askAnother);
	}

	boolean awaits(String topic) {
		return this.awaited.containsKey(topic);
	}

	/** Somebody waits for a topic: fetch it next. */
	void hurry(String topic) {
		this.awaited.getOrDefault(topic, Map.of()).values().forEach((work) -> {
			Node node = work.node;
			Deque<Work> works = (node != null) ? this.works.get(node) : null;
			if (works != null && works.peek() != work && works.remove(work)) {
				Work first = works.remove();
				works.addFirst(work);
				works.addFirst(first);
			}
		});
	}

	private void isOver(Work work) {
		Map<Long, Work> all = this.awaited.get(work.topic);
		if (all != null && all.remove(work.wanted.origin()) != null && all.isEmpty()) {
			this.awaited.remove(work.topic);
		}
	}

	/** Fetch older messages, which several nodes may have. */
	void fetch(Node node, String topic, Missing older) {
		Map<Long, Work> all = this.awaited.computeIfAbsent(topic, (key) -> new HashMap<>(2));
		Work present = all.get(older.origin());
		if (present != null) {
			present.others.remove(node);
			present.others.add(node);
		}
		else {
			Work work = new Work(topic, older);
			all.put(older.origin(), work);
			fetch(node, work);
		}
	}

	private void fetch(Node node, Work work) {
		work.node = node;
		Deque<Work> works = this.works.computeIfAbsent(node, (key) -> new ArrayDeque<>());
		works.add(work);
		if (works.size() == 1) {
			ask(node, work);
		}
	}

	private void askAnother(Work work) {
		Node next = work.others.poll();
		while (next != null && !this.nodes.contains(next)) {
			next = work.others.poll();
		}
		work.tries = 0;
		if (next != null) {
			fetch(next, work);
		}
		else {
			isOver(work);
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
				boolean inVain = ++work.tries > 3;
				if (inVain) {
					entry.getValue().remove();
				}
				askFirst(entry.getKey(), entry.getValue());
				if (inVain) {
					askAnother(work);
				}
			}
		});
	}

	/** The older messages of an origin on a topic. */
	private static final class Work {

		private final String topic;

		private final Missing wanted;

		private final List<KeptMessage> fetched = new ArrayList<>();

		/** Other nodes that have the messages. */
		private final Deque<Node> others = new ArrayDeque<>(2);

		private @Nullable Node node;

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
