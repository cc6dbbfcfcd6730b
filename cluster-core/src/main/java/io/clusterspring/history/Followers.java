package io.clusterspring.history;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The single cursors of logs, in a space where they have one. When a log is removed,
 * because it was empty for long, its cursor is remembered: it goes on in the next log of
 * that name, so that nothing is read twice that another node still has. The oldest ones
 * are forgotten when there are too many. Thread-safe.
 */
final class Followers {

	/** How many cursors without a log are remembered. */
	static final int MOST = 4096;

	private final Map<String, LogCursor> left = new LinkedHashMap<>();

	private final HistorySpace space;

	Followers(HistorySpace space) {
		this.space = space;
	}

	HistorySpace space() {
		return this.space;
	}

	/** Return the cursors of a new log. */
	LogCursors cursors(String topic) {
		return this.space.isFollowed() ? follower(topic) : new LogCursors();
	}

	private synchronized LogCursors follower(String topic) {
		LogCursor before = this.left.remove(topic);
		LogCursor follower = (before != null) ? before : new LogCursor(Map.of());
		return new LogCursors(follower, () -> leave(topic, follower));
	}

	private synchronized void leave(String topic, LogCursor cursor) {
		this.left.remove(topic);
		if (cursor.isNew()) {
			return;
		}
		this.left.put(topic, cursor);
		if (this.left.size() > MOST) {
			this.left.remove(this.left.keySet().iterator().next());
		}
	}

}
