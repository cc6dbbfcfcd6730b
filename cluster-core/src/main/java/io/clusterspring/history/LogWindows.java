package io.clusterspring.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.HistoryMemory.Cause;
import io.clusterspring.history.TopicLog.Forgotten;
import io.clusterspring.history.TopicLog.Learned;
import io.clusterspring.history.TopicLog.Missing;
import io.clusterspring.history.TopicLog.Taken;

/**
 * The windows of all origins of a topic: takes what comes, and removes what is too much,
 * too old or too large, but as long as there is room not what a cursor has yet to read.
 * Guarded by its {@link TopicLog}, which describes the methods.
 */
final class LogWindows {

	private final HistorySettings settings;

	private final HistoryMemory memory;

	private final LongSupplier nanoClock;

	private final OriginWindow.Room room = new Room();

	private final Map<Long, OriginWindow> byOrigin = new LinkedHashMap<>(4);

	private final LogCursors cursors;

	private int kept;

	private long bytes;

	/** When messages came last of which no trace is left, though their origin lives. */
	private long lostUntil = TopicLog.NEVER;

	LogWindows(HistorySettings settings, HistoryMemory memory, LongSupplier nanoClock, LogCursors cursors) {
		this.settings = settings;
		this.memory = memory;
		this.nanoClock = nanoClock;
		this.cursors = cursors;
	}

	Collection<OriginWindow> all() {
		return this.byOrigin.values();
	}

	@Nullable OriginWindow get(long origin) {
		return this.byOrigin.get(origin);
	}

	/** Return whether an origin that this node knows has published nothing here. */
	boolean hasNothingOf(long origin, HistoryPosition position) {
		return position.number(origin) == 0 && !this.byOrigin.containsKey(origin) && this.memory.knows(origin);
	}

	LogCursors cursors() {
		return this.cursors;
	}

	int kept() {
		return this.kept;
	}

	long bytes() {
		return this.bytes;
	}

	long lostUntil() {
		return this.lostUntil;
	}

	Taken take(KeptMessage message, boolean opens, boolean booting) {
		long now = now();
		OriginWindow window = this.byOrigin.get(message.origin());
		if (window == null) {
			boolean begins = opens || booting;
			window = new OriginWindow(message.publisher(), (opens) ? message.number() : 0,
					(begins) ? message.number() : 1, (begins) ? message.number() - 1 : 0, now);
			add(window);
		}
		else if (opens && message.number() > window.last() + 1) {
			while (!window.isEmpty()) {
				evictOldest(window, Cause.TTL);
			}
			lost(window.heard());
			window.reopen(message.number(), this.room);
		}
		long before = window.last();
		if (message.number() <= before) {
			return Taken.KNOWN;
		}
		keep(window.take(message, this.room, now));
		evict();
		if (window.misses()) {
			return Taken.GAP;
		}
		return (window.last() > before) ? Taken.NEXT : Taken.KNOWN;
	}

	private void add(OriginWindow window) {
		this.memory.reserve(HistoryMemory.WINDOW);
		this.byOrigin.put(window.origin(), window);
	}

	Learned learn(WindowState theirs, boolean booting) {
		long now = now();
		OriginWindow window = this.byOrigin.get(theirs.origin().id());
		boolean news = window == null || window.head() < theirs.last();
		if (window == null) {
			if (booting) {
				window = new OriginWindow(theirs.origin(), theirs.start(), theirs.last() + 1, theirs.last(), now);
			}
			else {
				long from = (theirs.start() != 0) ? theirs.start() : 1;
				window = new OriginWindow(theirs.origin(), theirs.start(), from, from - 1, now);
			}
			add(window);
		}
		if (theirs.start() != 0) {
			window.startsAt(theirs.start());
		}
		window.hear(theirs.last(), now);
		boolean older = booting && theirs.first() <= theirs.last() && theirs.first() < window.first();
		return new Learned(news, window.misses(), older ? older(theirs, window.first() - 1) : null);
	}

	@Nullable Missing missing(long origin) {
		OriginWindow window = this.byOrigin.get(origin);
		return (window != null && window.misses()) ? new Missing(origin, window.last() + 1, window.missingTo()) : null;
	}

	List<KeptMessage> range(Missing wanted, int bytes) {
		List<KeptMessage> range = new ArrayList<>();
		OriginWindow window = this.byOrigin.get(wanted.origin());
		if (window != null) {
			int size = 0;
			long number = Math.max(wanted.from(), window.first());
			while (number <= Math.min(wanted.to(), window.last()) && size < bytes) {
				KeptMessage message = window.get(number++);
				size += message.size();
				range.add(message);
			}
		}
		return range;
	}

	void giveUp(long origin, long upTo) {
		OriginWindow window = this.byOrigin.get(origin);
		if (window != null && window.misses() && upTo > window.last()) {
			while (!window.isEmpty()) {
				evictOldest(window, Cause.GAP);
			}
			keep(window.giveUp(upTo, this.room));
			evict();
		}
	}

	void prepend(long origin, List<KeptMessage> older) {
		OriginWindow window = this.byOrigin.get(origin);
		if (window != null && !older.isEmpty() && older.get(older.size() - 1).number() == window.first() - 1) {
			window.prepend(older);
			keep(older);
			evict();
		}
	}

	List<Forgotten> forget(long self, long own, long others) {
		long now = now();
		List<Forgotten> forgotten = new ArrayList<>();
		this.byOrigin.values().removeIf((window) -> {
			boolean idle = window.isEmpty() && !window.misses()
					&& now - window.heard() > ((window.origin() == self) ? own : others);
			if (idle) {
				this.memory.reserve(-HistoryMemory.WINDOW);
				forgotten.add(new Forgotten(window.origin(), window.last(), window.heard()));
			}
			return idle;
		});
		return forgotten;
	}

	void shrink(boolean unread) {
		int left = this.kept - (this.kept + 3) / 4;
		while (this.kept > left && evictOldest(Cause.BYTES, unread)) {
			// one at a time
		}
	}

	/** Older messages, no more than have room here. */
	private Missing older(WindowState theirs, long last) {
		return new Missing(theirs.origin().id(), Math.max(theirs.first(), last - this.settings.size() + 1), last);
	}

	private void keep(List<KeptMessage> messages) {
		messages.forEach(this.memory::kept);
		this.kept += messages.size();
		this.bytes += messages.stream().mapToLong(KeptMessage::size).sum();
	}

	void evict() {
		long now = now();
		while (this.kept > this.settings.size()
				&& evictOldest(Cause.SIZE, this.kept > this.settings.size() + this.memory.backlog())) {
			// one at a time
		}
		long oldest = now - this.settings.ttl().toNanos();
		OriginWindow window = oldest(false);
		while (window != null && oldestOf(window).published() - oldest < 0) {
			evictOldest(window, Cause.TTL);
			window = oldest(false);
		}
	}

	@SuppressWarnings("NullAway")
	private static KeptMessage oldestOf(OriginWindow window) {
		return window.oldest();
	}

	/**
	 * Find the window with the oldest message.
	 * @param unread whether the message may be one that a subscription has yet to read
	 */
	private @Nullable OriginWindow oldest(boolean unread) {
		OriginWindow oldest = null;
		for (OriginWindow window : this.byOrigin.values()) {
			if (!window.isEmpty() && (unread || this.cursors.haveRead(window))
					&& (oldest == null || oldestOf(window).published() - oldestOf(oldest).published() < 0)) {
				oldest = window;
			}
		}
		return oldest;
	}

	private boolean evictOldest(Cause cause, boolean unread) {
		OriginWindow window = oldest(unread);
		if (window != null) {
			evictOldest(window, cause);
		}
		return window != null;
	}

	private void evictOldest(OriginWindow window, Cause cause) {
		KeptMessage removed = window.removeOldest();
		if (removed != null) {
			this.kept--;
			this.bytes -= removed.size();
			this.memory.evicted(removed, cause);
		}
	}

	private void lost(long until) {
		this.lostUntil = TopicLog.later(this.lostUntil, until);
	}

	private long now() {
		return this.nanoClock.getAsLong();
	}

	/** Bounds what waits by number, and by a share of the bytes of the history. */
	private final class Room implements OriginWindow.Room {

		private static final int SHARE = 4;

		@Override
		public boolean enter(KeptMessage message, int waiting) {
			return waiting < LogWindows.this.settings.size()
					&& LogWindows.this.memory.waits(message, LogWindows.this.settings.bytes() / SHARE);
		}

		@Override
		public void leave(KeptMessage message) {
			LogWindows.this.memory.waitsNoLonger(message);
		}

	}

}
