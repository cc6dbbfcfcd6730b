package io.clusterspring.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The cursors of a log: one for each subscription, or a single one, the follower, which
 * sees all live messages and does not keep an empty log from being removed. Guarded by
 * the log.
 */
final class LogCursors {

	private final Set<LogCursor> all = new HashSet<>(2);

	private final @Nullable LogCursor follower;

	private final Runnable onLeave;

	/** Create the cursors of subscriptions, none at first. */
	LogCursors() {
		this.follower = null;
		this.onLeave = () -> {
		};
	}

	/**
	 * Create a single cursor.
	 * @param onLeave called when its log is removed
	 */
	LogCursors(LogCursor follower, Runnable onLeave) {
		this.follower = follower;
		this.onLeave = onLeave;
		this.all.add(follower);
	}

	/** Return the single cursor, or a new one after all messages. */
	LogCursor cursor(Collection<OriginWindow> windows) {
		LogCursor single = this.follower;
		return (single != null) ? single : atEnd(windows);
	}

	private LogCursor atEnd(Collection<OriginWindow> windows) {
		Map<Long, Long> seen = new HashMap<>();
		windows.forEach((window) -> seen.put(window.origin(), window.last()));
		LogCursor cursor = new LogCursor(seen);
		this.all.add(cursor);
		return cursor;
	}

	void remove(LogCursor cursor) {
		if (cursor != this.follower) {
			this.all.remove(cursor);
		}
	}

	/** Return whether no subscription has a cursor. */
	boolean isEmpty() {
		return this.all.size() == ((this.follower != null) ? 1 : 0);
	}

	/** The log is removed. */
	void leave() {
		this.onLeave.run();
	}

	/** Return whether all cursors have read the first message of a window. */
	boolean haveRead(OriginWindow window) {
		for (LogCursor cursor : this.all) {
			if (cursor.at(window) < window.first()) {
				return false;
			}
		}
		return true;
	}

}
