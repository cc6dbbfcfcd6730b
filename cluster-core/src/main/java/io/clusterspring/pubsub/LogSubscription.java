package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.history.CatchUp;
import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.KeptMessage;
import io.clusterspring.history.LogGap;
import io.clusterspring.history.LogItem;
import io.clusterspring.history.LogReader;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.text.LogText;

/**
 * A subscriber of a topic with history. Its messages do not wait in its mailbox but in
 * the log of the topic, which it reads from its own place: so a slow subscriber, a lost
 * frame and a healed partition are one case, and what it misses is told as a gap.
 */
final class LogSubscription extends TopicSubscription implements HistorySubscription {

	private static final Log logger = LogFactory.getLog(LogSubscription.class);

	private static final int MOST = 64;

	private final ClusterHistory history;

	private final LogReader reader;

	private final ClusterPubSub topics;

	private final Consumer<TopicGap> gaps;

	private final CoalescedTask reading = new CoalescedTask(mailbox(), this::readSome);

	/** The messages that were read and not handled yet, counting the present one. */
	private volatile int remaining;

	/** The items that were read and follow the present one. Used in the mailbox. */
	private List<LogItem> next = List.of();

	LogSubscription(Parts parts, ClusterHistory history, LogReader reader, ClusterPubSub topics,
			Consumer<TopicGap> gaps) {
		super(parts);
		this.history = history;
		this.reader = reader;
		this.topics = topics;
		this.gaps = gaps;
	}

	/** The log has something to read. */
	@Override
	void signal() {
		this.reading.post();
	}

	private void readSome() {
		if (!isClosed()) {
			handle(this.reader.read(MOST));
			if (this.reader.unread() > 0) {
				this.reading.post();
			}
		}
	}

	private void handle(List<LogItem> items) {
		try {
			for (int i = 0; i < items.size(); i++) {
				this.remaining = items.size() - i;
				this.next = items.subList(i + 1, items.size());
				handle(items.get(i));
			}
		}
		finally {
			this.remaining = 0;
			this.next = List.of();
		}
	}

	private void handle(LogItem item) {
		if (item instanceof KeptMessage kept) {
			if (kept.sender() != this) {
				call(this.topics.message(kept));
			}
		}
		else if (item instanceof LogGap gap && !isClosed()) {
			lost(gap.to() - gap.from() + 1);
			tell(new TopicGap(topic(), new MessagePosition(gap.origin(), gap.from()),
					new MessagePosition(gap.origin(), gap.to())));
		}
	}

	private void tell(TopicGap gap) {
		try {
			this.gaps.accept(gap);
		}
		catch (Throwable ex) {
			// the messages that were read together with it have to be handled too
			logger.error("Listener failed on " + gap, LogText.failure(ex));
		}
	}

	/** The place after the message that the listener has received last. */
	private LogReader place() {
		return this.next.isEmpty() ? this.reader : this.reader.before(this.next);
	}

	private void readAll() {
		long unread = this.reader.unread();
		while (unread > 0 && !isClosed()) {
			long before = this.reader.unread();
			handle(this.reader.read(MOST));
			unread -= Math.max(1, before - this.reader.unread());
		}
	}

	@Override
	public int waiting() {
		int read = this.remaining;
		long tasks = mailbox().size() - ((read > 0) ? 1 : 0);
		return (int) Math.min(Integer.MAX_VALUE, tasks + read + this.reader.unread());
	}

	@Override
	public void execute(Runnable task) {
		super.execute(() -> {
			readAll();
			task.run();
		});
	}

	@Override
	public HistoryPosition position() {
		return place().position();
	}

	@Override
	public CompletionStage<Void> ready(HistoryPosition position) {
		return this.history.ready(this.reader, position);
	}

	@Override
	public @Nullable CatchUp catchUp(HistoryPosition from, @Nullable Duration away) {
		return this.history.catchUp(place(), from, away);
	}

	@Override
	public void told(@Nullable Loss loss) {
		this.history.told(loss);
	}

	@Override
	public List<TopicMessage> last(int max) {
		return place().last(max).stream().map(this.topics::message).toList();
	}

	@Override
	public List<TopicMessage> messages(CatchUp.Recovered recovered) {
		return recovered.missed().stream().map(this.topics::message).toList();
	}

	@Override
	public void close() {
		if (!isClosed()) {
			super.close();
			this.reader.close();
		}
	}

}
