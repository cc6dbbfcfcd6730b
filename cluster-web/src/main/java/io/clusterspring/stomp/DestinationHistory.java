package io.clusterspring.stomp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryReceiver;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.history.HistorySource;
import io.clusterspring.history.HistorySpace;
import io.clusterspring.history.HistoryStatistics;
import io.clusterspring.history.KeptMessage;
import io.clusterspring.history.LogGap;
import io.clusterspring.history.LogItem;
import io.clusterspring.history.LogReader;
import io.clusterspring.history.TopicLog;
import io.clusterspring.mailbox.ByteBudget;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.stomp.HistorySubscriptions.Asked;
import io.clusterspring.text.Utf8;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameReader;

/**
 * The history of destinations of Spring's simple broker. Messages are put into the log of
 * their destination instead of the broker, and one reader for each log gives them to the
 * broker, in order and with their position. All of that happens in one mailbox, so that a
 * subscription begins at an exact place. Thread-safe.
 */
public final class DestinationHistory implements HistorySource, TransportListener, FailureSource, AutoCloseable {

	private static final Log logger = LogFactory.getLog(DestinationHistory.class);

	/** The longest destination that is kept, in bytes of UTF-8. */
	private static final int LONGEST = 65_535;

	private static final int MOST = 64;

	private final ClusterHistory history;

	private final Node self;

	private final Mailbox mailbox;

	private final StompSessions sessions;

	private final int capacity;

	private final ByteBudget bytes;

	private final long backlogBytes;

	private final Set<String> changed = ConcurrentHashMap.newKeySet();

	private final CoalescedTask reading;

	private final CountedWarning failed = new CountedWarning(logger);

	private volatile @Nullable KeptBroker broker;

	private volatile @Nullable CatchUps catchUps;

	/**
	 * Create the history of a node's destinations.
	 * @param histories what is kept; may be empty
	 * @param mailbox delivers to the broker, whose interceptors may block
	 * @param capacity how many messages may wait for a slow broker, beside those that are
	 * kept
	 * @param sessions know what may wait for a client
	 */
	public DestinationHistory(ClusterWire wire, List<HistorySettings> histories, Mailbox mailbox, int capacity,
			StompSessions sessions) {
		this.history = new ClusterHistory(wire, HistorySpace.DESTINATIONS, histories);
		this.self = wire.self();
		this.mailbox = mailbox;
		this.sessions = sessions;
		this.capacity = capacity;
		this.backlogBytes = wire.mailboxBytes();
		this.bytes = new ByteBudget(this.backlogBytes);
		this.reading = new CoalescedTask(mailbox, this::readSome);
	}

	/** Begin to keep messages, for the broker of this node. It is called once. */
	void open(KeptBroker opened) {
		this.broker = opened;
		this.catchUps = new CatchUps(this.history, opened, this.mailbox, this::readAll, this.sessions::takeRoom,
				this.sessions::isClosed);
		this.history.open(new Receiver(opened), this.capacity, this.backlogBytes);
	}

	/** Return what is kept: destinations, or their beginnings followed by {@code *}. */
	List<String> patterns() {
		return this.history.patterns();
	}

	/** Return whether a destination has a history, if it is one of the broker. */
	boolean keeps(String destination) {
		return this.history.keeps(destination) && Utf8.isWellFormed(destination) && Utf8.length(destination) <= LONGEST;
	}

	/** Put a message into the log of its destination, on all nodes. */
	void publish(BridgedMessage message) {
		TopicLog log = this.history.log(message.destination());
		if (log != null) {
			this.history.publish(log, message.encode(), null);
		}
	}

	/** A message came from a node that does not have the history of its destination. */
	void unnumbered(String destination) {
		if (keeps(destination)) {
			this.history.unnumbered(destination);
		}
	}

	/** A subscription waits for what it has missed. */
	void asked(Asked subscription) {
		CatchUps open = this.catchUps;
		if (open != null) {
			open.asked(subscription);
		}
	}

	private void readSome() {
		for (String destination : this.changed) {
			this.changed.remove(destination);
			LogReader reader = this.history.reader(destination);
			if (reader != null) {
				read(destination, reader);
				if (reader.unread() > 0) {
					this.changed.add(destination);
					this.reading.post();
				}
			}
		}
	}

	/** Read all that is there when this begins. */
	private void readAll(String destination, LogReader reader) {
		long unread = reader.unread();
		while (unread > 0) {
			long before = reader.unread();
			read(destination, reader);
			unread -= Math.max(1, before - reader.unread());
		}
	}

	private void read(String destination, LogReader reader) {
		KeptBroker open = this.broker;
		List<LogItem> items = reader.read(MOST);
		if (open == null || items.isEmpty()) {
			return;
		}
		if (items.get(0) instanceof LogGap) {
			open.tellGap(destination, reader.position());
		}
		for (LogItem item : items) {
			if (item instanceof KeptMessage kept) {
				deliver(open, kept);
			}
		}
	}

	private void deliver(KeptBroker open, KeptMessage kept) {
		try {
			open.deliver(kept, kept.node().equals(this.self));
		}
		catch (RuntimeException ex) {
			this.failed.add((count) -> "The broker failed to deliver a STOMP message from " + kept.node() + " (" + count
					+ " so far)", ex);
		}
	}

	/**
	 * Return a condition that becomes true when the messages that are in the logs now are
	 * delivered to the broker.
	 * @return the condition; later messages do not delay it
	 */
	BooleanSupplier caughtUp() {
		AtomicBoolean done = new AtomicBoolean();
		boolean posted = this.history.isUsed() && this.mailbox.postAlways(() -> {
			this.changed.forEach((destination) -> {
				LogReader reader = this.history.reader(destination);
				if (reader != null) {
					readAll(destination, reader);
				}
			});
			done.set(true);
		});
		return () -> !posted || done.get();
	}

	@Override
	public boolean isUsed() {
		return this.history.isUsed();
	}

	@Override
	public void forEachLog(Consumer<TopicLog> action) {
		this.history.forEachLog(action);
	}

	@Override
	public HistoryStatistics statistics() {
		return this.history.statistics();
	}

	@Override
	public Duration comparing() {
		return this.history.comparing();
	}

	@Override
	public void viewChanged(ClusterView view) {
		this.history.viewChanged(view);
	}

	@Override
	public Map<String, String> failures() {
		return this.history.failures();
	}

	@Override
	public void close() {
		this.history.close();
	}

	/** The broker as the histories see it. */
	private final class Receiver implements HistoryReceiver {

		private final KeptBroker opened;

		Receiver(KeptBroker opened) {
			this.opened = opened;
		}

		@Override
		public String topic(ByteBuffer body) {
			// the whole message is read, so that what is kept can be read later
			BridgedMessage message = BridgedMessage.decode(body);
			FrameReader.check(message.sessionId() == null, "a message with history is for one session");
			return message.destination();
		}

		@Override
		public void changed(String destination) {
			DestinationHistory.this.changed.add(destination);
			DestinationHistory.this.reading.post();
		}

		@Override
		public void deliver(Node sender, ByteBuffer body) {
			int size = body.remaining();
			ByteBudget budget = DestinationHistory.this.bytes;
			if (budget.take(size) && !DestinationHistory.this.mailbox.post(() -> deliver(sender, body, size))) {
				budget.give(size);
			}
		}

		private void deliver(Node sender, ByteBuffer body, int size) {
			try {
				this.opened.deliverUnkept(sender, body);
			}
			finally {
				DestinationHistory.this.bytes.give(size);
			}
		}

	}

}
