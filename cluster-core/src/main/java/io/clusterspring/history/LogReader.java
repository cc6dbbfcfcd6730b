package io.clusterspring.history;

import java.util.List;
import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;

/**
 * The place of a subscription in a log. Used by one thread at a time; another thread may
 * ask for {@link #unread()}.
 */
public final class LogReader implements AutoCloseable {

	private final TopicLog log;

	private final LogCursor cursor;

	private final HistoryStore store;

	/** Create a reader. */
	LogReader(TopicLog log, LogCursor cursor, HistoryStore store) {
		this.log = log;
		this.cursor = cursor;
		this.store = store;
	}

	TopicLog log() {
		return this.log;
	}

	/**
	 * Read what follows.
	 * @param max the maximum number of items
	 */
	public List<LogItem> read(int max) {
		return this.log.read(this.cursor, max);
	}

	/** Return how many messages follow, counting those that are gone. */
	public long unread() {
		return this.log.unread(this.cursor);
	}

	/** Return the position after the messages that were read. */
	public HistoryPosition position() {
		return withSelf(this.log.position(this.cursor));
	}

	/** Return the last messages that were read. */
	public List<KeptMessage> last(int max) {
		return this.log.last(this.cursor, max);
	}

	/**
	 * Return the place before items that were read last.
	 * @param items the items, in their order
	 * @return a reader for questions about that place, which needs not be closed
	 */
	public LogReader before(List<LogItem> items) {
		return new LogReader(this.log, this.cursor.before(items), this.store);
	}

	@Nullable CatchUp catchUp(HistoryPosition from, long contact, LongPredicate forgotten) {
		CatchUp answer = this.log.catchUp(from, this.cursor, contact, forgotten);
		if (answer instanceof CatchUp.Recovered found) {
			return new CatchUp.Recovered(found.missed(), withSelf(found.position()));
		}
		return (answer instanceof CatchUp.Lost lost) ? new CatchUp.Lost(lost.loss(), withSelf(lost.position())) : null;
	}

	// the origin of this node is part of every position: so nobody can have one that says
	// nothing
	private HistoryPosition withSelf(HistoryPosition position) {
		long self = this.store.self().id();
		return (position.number(self) >= 0) ? position : position.with(new MessagePosition(self, 0));
	}

	/**
	 * Close the reader. Any thread may call it, and more than once. A log in which nobody
	 * has published goes with its last reader: whoever can name topics must not be able
	 * to fill the memory of those that are used.
	 */
	@Override
	public void close() {
		this.log.close(this.cursor);
		if (this.log.untoldUntil() == TopicLog.NEVER) {
			this.store.removeIfIdle(this.log, -1);
		}
	}

}
