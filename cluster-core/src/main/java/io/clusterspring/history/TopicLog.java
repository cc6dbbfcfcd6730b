package io.clusterspring.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.history.CatchUp.Loss;

/**
 * The kept messages of one topic, of all origins. Subscriptions read it with a
 * {@link LogCursor} each: the log is what was published, and a subscription is a place in
 * it. Its lock is held for short moments only, and never while something is sent.
 * Thread-safe.
 */
public final class TopicLog {

	/** The memory of a topic beside its messages, rounded up. */
	static final int OVERHEAD = 512;

	/** Nothing of that kind has ever happened. */
	static final long NEVER = Long.MIN_VALUE;

	private final String topic;

	private final HistoryMemory memory;

	private final LongSupplier nanoClock;

	private final ReentrantLock publishing = new ReentrantLock();

	private final LogWindows windows;

	private long unnumbered = NEVER;

	private long touched;

	private boolean removed;

	private boolean recent;

	TopicLog(String topic, HistorySettings settings, HistoryMemory memory, LongSupplier nanoClock, LogCursors cursors) {
		this.topic = topic;
		this.memory = memory;
		this.nanoClock = nanoClock;
		this.windows = new LogWindows(settings, memory, nanoClock, cursors);
		this.touched = nanoClock.getAsLong();
	}

	public String topic() {
		return this.topic;
	}

	HistoryMemory memory() {
		return this.memory;
	}

	/**
	 * The lock that keeps the numbers of this node in the order in which it sends them.
	 */
	ReentrantLock publishing() {
		return this.publishing;
	}

	/**
	 * Return the number of the next message of this node. The caller holds
	 * {@link #publishing()}.
	 * @param floor the number that every number of a new window must exceed
	 */
	synchronized long next(Origin self, long floor) {
		OriginWindow window = this.windows.get(self.id());
		return (window != null) ? window.last() + 1 : floor + 1;
	}

	synchronized boolean knows(Origin origin) {
		return this.windows.get(origin.id()) != null;
	}

	/**
	 * Take a message of this node, or the next one of another node.
	 * @param opens whether it is the first message that its origin counts
	 * @param booting whether this node does not know yet what was published before it
	 * came: then it begins with this message
	 * @return whether messages before it are missing
	 */
	synchronized Taken take(KeptMessage message, boolean opens, boolean booting) {
		return this.windows.take(message, opens, booting);
	}

	/**
	 * Remove a quarter of the messages, the oldest ones, because there is no room.
	 * @param unread whether even messages that a subscription has yet to read must go
	 */
	synchronized void shrink(boolean unread) {
		this.windows.shrink(unread);
	}

	/** Remove what is too old. */
	synchronized void expire() {
		this.windows.evict();
	}

	/**
	 * Return a cursor at the end of the log, or the single one that follows it.
	 * @return the cursor, for one subscription
	 */
	synchronized LogCursor cursor() {
		return this.windows.cursors().cursor(this.windows.all());
	}

	/** Close a cursor, which must not be used any more. */
	public synchronized void close(LogCursor cursor) {
		this.windows.cursors().remove(cursor);
	}

	/**
	 * Read what a cursor has not seen.
	 * @param max the maximum number of messages
	 * @return gaps only, so that the position after them is exact, or else the next
	 * messages, each origin's in its order
	 */
	public synchronized List<LogItem> read(LogCursor cursor, int max) {
		List<LogItem> items = new ArrayList<>();
		for (OriginWindow window : this.windows.all()) {
			long at = cursor.at(window);
			if (at + 1 < window.first()) {
				items.add(new LogGap(window.origin(), at + 1, window.first() - 1));
				cursor.advance(window.origin(), window.first() - 1);
			}
		}
		return items.isEmpty() ? readMessages(cursor, max) : items;
	}

	private List<LogItem> readMessages(LogCursor cursor, int max) {
		List<Span> spans = new ArrayList<>();
		for (OriginWindow window : this.windows.all()) {
			if (cursor.at(window) < window.last()) {
				spans.add(new Span(window, cursor.at(window), window.last()));
			}
		}
		List<KeptMessage> messages = Span.merge(spans, max);
		messages.forEach((message) -> cursor.advance(message.origin(), message.number()));
		return List.copyOf(messages);
	}

	/** Return how many messages a cursor has not seen, counting those that are gone. */
	public synchronized long unread(LogCursor cursor) {
		long unread = 0;
		for (OriginWindow window : this.windows.all()) {
			unread += Math.max(0, window.last() - cursor.at(window));
		}
		return unread;
	}

	/** Return the position of a cursor. */
	public synchronized HistoryPosition position(LogCursor cursor) {
		Map<Long, Long> numbers = new HashMap<>();
		this.windows.all().forEach((window) -> numbers.put(window.origin(), Math.max(0, cursor.at(window))));
		return HistoryPosition.of(numbers);
	}

	/**
	 * Return the last messages up to a cursor, the oldest first.
	 * @param max the maximum number of messages
	 */
	public synchronized List<KeptMessage> last(LogCursor cursor, int max) {
		expire();
		List<Span> spans = new ArrayList<>();
		for (OriginWindow window : this.windows.all()) {
			spans.add(new Span(window, window.first() - 1, Math.min(cursor.at(window), window.last())));
		}
		List<KeptMessage> all = Span.merge(spans, Integer.MAX_VALUE);
		return List.copyOf(all.subList(Math.max(0, all.size() - max), all.size()));
	}

	/**
	 * Find what somebody has missed.
	 * @param from the position of the last message that was seen
	 * @param cursor from where live messages follow
	 * @param contact when the messages up to the position were seen, by the monotonic
	 * clock, or {@link #NEVER} if that is not known
	 * @param forgotten tells the origins that this node knew once, and has forgotten
	 * @return the answer, or {@code null} if the cursor has yet to reach the position
	 */
	synchronized @Nullable CatchUp catchUp(HistoryPosition from, LogCursor cursor, long contact,
			LongPredicate forgotten) {
		expire();
		Loss loss = LossRules.loss(this.windows, this.unnumbered, from, contact, forgotten);
		if (loss != null) {
			return new CatchUp.Lost(loss, position(cursor));
		}
		List<Span> spans = new ArrayList<>();
		for (OriginWindow window : this.windows.all()) {
			long seen = from.number(window.origin());
			long at = cursor.at(window);
			if (seen > at) {
				return null;
			}
			spans.add(new Span(window, Math.max(seen, window.first() - 1), Math.min(at, window.last())));
		}
		return new CatchUp.Recovered(Span.merge(spans, Integer.MAX_VALUE), position(cursor));
	}

	static boolean isAfter(long contact, long event) {
		return event == NEVER || (contact != NEVER && contact - event > 0);
	}

	/** Return whether a position is covered, and no message is known to be missing. */
	synchronized boolean covers(HistoryPosition from) {
		for (OriginWindow window : this.windows.all()) {
			if (window.misses() || from.number(window.origin()) > window.last()) {
				return false;
			}
		}
		return knows(from);
	}

	/** Return whether all origins of a position are known. */
	synchronized boolean knows(HistoryPosition position) {
		return position.origins()
			.stream()
			.allMatch((origin) -> this.windows.get(origin) != null || this.windows.hasNothingOf(origin, position));
	}

	/** A message came without a number. */
	synchronized void unnumbered() {
		this.unnumbered = now();
	}

	static long later(long one, long other) {
		if (one == NEVER || other == NEVER) {
			return (one == NEVER) ? other : one;
		}
		return (one - other > 0) ? one : other;
	}

	/** Return until when messages came that somebody else must not count on. */
	synchronized long untoldUntil() {
		return later(this.windows.lostUntil(), this.unnumbered);
	}

	/** Return what this node has, of all origins. */
	synchronized List<WindowState> states() {
		return this.windows.all().stream().map(OriginWindow::state).toList();
	}

	synchronized @Nullable WindowState state(long origin) {
		OriginWindow window = this.windows.get(origin);
		return (window != null) ? window.state() : null;
	}

	/** Return what some nodes were heard to publish lately. */
	synchronized List<WindowState> heardLately(Collection<Node> nodes, long nanos) {
		long now = now();
		return this.windows.all()
			.stream()
			.filter((window) -> nodes.contains(window.publisher().node()) && now - window.heard() < nanos)
			.map(OriginWindow::state)
			.toList();
	}

	/**
	 * Learn what another node has.
	 * @param booting whether this node does not know yet what was published before it
	 * came: then these messages are older than its subscriptions
	 * @return whether older messages should be fetched that are only to be kept
	 */
	synchronized Learned learn(WindowState theirs, boolean booting) {
		return this.windows.learn(theirs, booting);
	}

	/** Return the messages of an origin that are missing, {@code null} if none is. */
	synchronized @Nullable Missing missing(long origin) {
		return this.windows.missing(origin);
	}

	/**
	 * Return kept messages for another node.
	 * @param bytes the approximate size of all of them
	 */
	synchronized List<KeptMessage> range(Missing wanted, int bytes) {
		return this.windows.range(wanted, bytes);
	}

	/**
	 * Give up the messages of an origin that are missing.
	 * @param upTo the number of the last one that no node has
	 */
	synchronized void giveUp(long origin, long upTo) {
		this.windows.giveUp(origin, upTo);
	}

	/** Keep messages that are older than those kept, if they fit before them. */
	synchronized void prepend(long origin, List<KeptMessage> older) {
		this.windows.prepend(origin, older);
	}

	/**
	 * Forget the origins that have nothing here and were not heard for long.
	 * @param self the origin of this node
	 * @param own how long this node keeps its own, in nanoseconds
	 * @param others how long it keeps those of other nodes
	 */
	synchronized List<Forgotten> forget(long self, long own, long others) {
		return this.windows.forget(self, own, others);
	}

	/**
	 * Remove the log if it holds nothing.
	 * @param nanos how long nobody must have used it
	 * @return whether it is removed: a new log has to be created for the topic
	 */
	synchronized boolean removeIfIdle(long nanos) {
		this.removed = this.windows.all().isEmpty() && this.windows.cursors().isEmpty() && now() - this.touched > nanos
				&& (this.unnumbered == NEVER || now() - this.unnumbered > nanos);
		if (this.removed) {
			this.windows.cursors().leave();
		}
		return this.removed;
	}

	/** Begin to use the log, whose lock the caller holds. */
	boolean enter() {
		this.touched = now();
		return !this.removed;
	}

	/** Return whether it was not recent before. */
	synchronized boolean becomesRecent() {
		boolean first = !this.recent;
		this.recent = true;
		return first;
	}

	synchronized void isNotRecent() {
		this.recent = false;
	}

	synchronized int size() {
		return this.windows.kept();
	}

	synchronized long bytes() {
		return this.windows.bytes();
	}

	private long now() {
		return this.nanoClock.getAsLong();
	}

	/** The fate of a message. */
	enum Taken {

		/** It is the next one: subscriptions can read it. */
		NEXT,

		/** It came before, or cannot wait here. */
		KNOWN,

		/** Messages before it are missing. */
		GAP

	}

	/**
	 * Messages of one origin.
	 *
	 * @param from the number of the first one
	 * @param to the number of the last one
	 */
	record Missing(long origin, long from, long to) {
	}

	/**
	 * The conclusions from what another node has.
	 *
	 * @param news whether the node has more than was known here
	 * @param missing whether messages are missing
	 * @param older messages that this node can keep as well, {@code null} if none
	 */
	record Learned(boolean news, boolean missing, @Nullable Missing older) {
	}

	/**
	 * A window that is not kept any longer.
	 *
	 * @param last the number of its last message
	 * @param heard when the origin was last heard of
	 */
	record Forgotten(long origin, long last, long heard) {
	}

}
