package io.clusterspring.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a subscription has read a log. Guarded by the log.
 */
public final class LogCursor {

	private final Map<Long, Long> seen;

	LogCursor(Map<Long, Long> seen) {
		this.seen = new HashMap<>(seen);
	}

	long at(OriginWindow window) {
		Long known = this.seen.get(window.origin());
		long at = (known != null) ? known : window.liveFrom() - 1;
		// an origin that forgot the topic goes on with a later number
		return (at < window.closedAt()) ? at : Math.max(at, window.start() - 1);
	}

	/** Return whether it has read nothing. */
	boolean isNew() {
		return this.seen.isEmpty();
	}

	void advance(long origin, long number) {
		this.seen.put(origin, number);
	}

	/** Return where this cursor was before it read some items. */
	LogCursor before(List<LogItem> items) {
		LogCursor before = new LogCursor(this.seen);
		for (int i = items.size() - 1; i >= 0; i--) {
			if (items.get(i) instanceof KeptMessage message) {
				before.advance(message.origin(), message.number() - 1);
			}
			else if (items.get(i) instanceof LogGap gap) {
				before.advance(gap.origin(), gap.from() - 1);
			}
		}
		return before;
	}

}
