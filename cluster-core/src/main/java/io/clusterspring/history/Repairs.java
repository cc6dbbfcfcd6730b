package io.clusterspring.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Fetch;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistorySync.Outbox;
import io.clusterspring.history.TopicLog.Missing;

/**
 * Fetches the messages that this node has missed: from the node that says it has them,
 * then from their origin, then from all others, one after the other. If no node has them,
 * they are given up, and each subscription learns it. Not thread-safe.
 */
final class Repairs {

	/** How long messages may be missing. */
	static final long TIME = TimeUnit.SECONDS.toNanos(5);

	/** How many answers may be under way. */
	private static final int ACTIVE = 32;

	private final HistoryStore store;

	private final Outbox outbox;

	private final LongSupplier nanoClock;

	private final BiConsumer<String, WindowState> news;

	private final Map<Gap, Repair> repairs = new LinkedHashMap<>();

	private final Awaited awaited = new Awaited();

	/** Those that are due, but too many are active. */
	private final Deque<Gap> waiting = new ArrayDeque<>();

	private boolean filling;

	private List<Node> others = List.of();

	private int active;

	private volatile long found;

	private volatile long filled;

	private volatile long givenUp;

	/**
	 * Create repairs.
	 * @param news is told what this node has got: others may miss it as well
	 */
	Repairs(HistoryStore store, Outbox outbox, LongSupplier nanoClock, BiConsumer<String, WindowState> news) {
		this.store = store;
		this.outbox = outbox;
		this.nanoClock = nanoClock;
		this.news = news;
	}

	void view(Collection<Node> nodes) {
		List<Node> newcomers = nodes.stream().filter((node) -> !this.others.contains(node)).toList();
		this.others = List.copyOf(nodes);
		this.repairs.values().forEach((repair) -> {
			repair.candidates.removeIf((node) -> !nodes.contains(node));
			if (repair.active) {
				repair.candidates.addAll(newcomers);
			}
		});
	}

	boolean awaits(String topic) {
		return this.awaited.contains(topic);
	}

	/** Messages may be missing, or on their way: look at the next tick. */
	void suspect(String topic, long origin) {
		Gap gap = new Gap(topic, origin);
		if (this.awaited.add(topic, origin)) {
			this.repairs.put(gap, new Repair(this.nanoClock.getAsLong()));
		}
	}

	/**
	 * Messages are missing.
	 * @param hint a node that has them, if one is known
	 */
	void missing(String topic, long origin, @Nullable Node hint) {
		suspect(topic, origin);
		Gap gap = new Gap(topic, origin);
		Repair repair = this.repairs.get(gap);
		if (repair == null || repair.asked != null) {
			return;
		}
		if (hint != null) {
			repair.candidates.remove(hint);
			repair.candidates.addFirst(hint);
		}
		if (!repair.active) {
			due(gap, repair);
		}
		else if (hint != null) {
			askNext(gap, repair);
		}
	}

	private void due(Gap gap, Repair repair) {
		if (!repair.due) {
			repair.due = true;
			this.waiting.add(gap);
		}
		beginWaiting();
	}

	/** Begin with those that are due. It may end some, but never calls itself. */
	private void beginWaiting() {
		if (!this.filling) {
			this.filling = true;
			try {
				while (this.active < ACTIVE && !this.waiting.isEmpty()) {
					begin(this.waiting.remove());
				}
			}
			finally {
				this.filling = false;
			}
		}
	}

	private void begin(Gap gap) {
		Repair repair = this.repairs.get(gap);
		if (repair != null && !repair.active) {
			this.active++;
			repair.active = true;
			this.others.stream().filter((node) -> !repair.candidates.contains(node)).forEach(repair.candidates::add);
			askNext(gap, repair);
		}
	}

	private void askNext(Gap gap, Repair repair) {
		TopicLog log = this.store.log(gap.topic);
		Missing missing = (log != null) ? log.missing(gap.origin) : null;
		if (log == null || missing == null) {
			this.filled += repair.found ? 1 : 0;
			end(gap, repair);
			return;
		}
		this.found += repair.found ? 0 : 1;
		repair.found = true;
		repair.asked = repair.candidates.poll();
		repair.askedAt = this.nanoClock.getAsLong();
		if (repair.asked != null) {
			this.outbox.send(repair.asked, new Fetch(gap.topic, gap.origin, missing.from(), missing.to()));
		}
		else if (!this.others.isEmpty() || repair.askedAt - repair.since > TIME) {
			giveUp(gap, repair, log, missing);
		}
	}

	private void giveUp(Gap gap, Repair repair, TopicLog log, Missing missing) {
		long upTo = Math.min(missing.to(), repair.available - 1);
		log.giveUp(gap.origin, Math.max(upTo, missing.from()));
		this.givenUp++;
		end(gap, repair);
		changed(gap, log);
		if (log.missing(gap.origin) != null) {
			missing(gap.topic, gap.origin, null);
		}
	}

	private void end(Gap gap, Repair repair) {
		this.repairs.remove(gap);
		this.awaited.remove(gap.topic, gap.origin);
		if (repair.active) {
			this.active--;
		}
		beginWaiting();
	}

	void received(Node sender, Range range, List<KeptMessage> messages) {
		Gap gap = new Gap(range.topic(), range.window().origin().id());
		Repair repair = this.repairs.get(gap);
		if (repair == null || !sender.equals(repair.asked)) {
			return;
		}
		Long progress = this.store.with(gap.topic, (log) -> {
			log.learn(range.window(), false);
			WindowState before = log.state(gap.origin);
			messages.forEach((message) -> log.take(message, false, false));
			WindowState after = log.state(gap.origin);
			return (before != null && after != null) ? after.last() - before.last() : 0L;
		});
		if (!messages.isEmpty()) {
			repair.available = Math.min(repair.available, messages.get(0).number());
		}
		if (progress != null && progress > 0) {
			repair.candidates.addFirst(sender);
			repair.since = this.nanoClock.getAsLong();
			TopicLog log = this.store.log(gap.topic);
			if (log != null) {
				changed(gap, log);
			}
		}
		askNext(gap, repair);
	}

	private void changed(Gap gap, TopicLog log) {
		this.outbox.changed(gap.topic);
		WindowState state = log.state(gap.origin);
		if (state != null) {
			this.news.accept(gap.topic, state);
		}
	}

	void tick() {
		long now = this.nanoClock.getAsLong();
		for (Map.Entry<Gap, Repair> entry : new ArrayList<>(this.repairs.entrySet())) {
			Repair repair = entry.getValue();
			if (this.repairs.get(entry.getKey()) != repair) {
				continue;
			}
			if (!repair.active) {
				due(entry.getKey(), repair);
			}
			else if (now - repair.askedAt >= HistorySync.PATIENCE) {
				askNext(entry.getKey(), repair);
			}
		}
	}

	/**
	 * Return what became of missing messages. Any thread may call it.
	 * @return how often they were missing, how often they came, and how often no node had
	 * them
	 */
	Map<String, Long> counts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		counts.put("found", this.found);
		counts.put("filled", this.filled);
		counts.put("given-up", this.givenUp);
		return counts;
	}

	/** The place of missing messages. */
	private record Gap(String topic, long origin) {
	}

	/** The steps that were taken about missing messages. */
	private static final class Repair {

		private final Deque<Node> candidates = new ArrayDeque<>();

		private long since;

		/** Whether it waits for its turn. */
		private boolean due;

		private boolean active;

		/** Whether it is sure that messages are missing. */
		private boolean found;

		private @Nullable Node asked;

		private long askedAt;

		/** The number of the first message that a node has after the missing ones. */
		private long available = Long.MAX_VALUE;

		Repair(long since) {
			this.since = since;
		}

	}

}
