package io.clusterspring.history;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.HistoryFrame.Aimed;
import io.clusterspring.history.HistoryFrame.Message;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistorySync.Outbox;
import io.clusterspring.history.TopicLog.Taken;
import io.clusterspring.mailbox.ByteBudget;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.WireLine;

/**
 * The histories of a node: it keeps the messages of the topics that have one, numbers its
 * own, and catches up with other nodes. Messages are taken on the threads of the engine;
 * all else happens in one mailbox. Thread-safe.
 */
public final class ClusterHistory implements HistorySource, TransportListener, FailureSource, AutoCloseable {

	/** How long somebody who comes back waits until this node knows what was missed. */
	public static final Duration CATCH_UP_TIME = Duration.ofSeconds(5);

	private static final Duration TICK = Duration.ofMillis(500);

	private static final int SWEEP = 10;

	private static final int MAILBOX_CAPACITY = 10_000;

	private final HistorySpace space;

	private final HistoryStore store;

	private final HistorySync sync;

	private final LongSupplier nanoClock;

	private final Node self;

	private final WireLine line;

	private final Mailbox mailbox;

	private final ByteBudget mailboxBytes;

	private final Ticker ticker;

	private final ConcurrentMap<Node, Origin> origins = new ConcurrentHashMap<>();

	private final CatchUpWaits waits;

	private final CatchUpCounts catchUps = new CatchUpCounts();

	private volatile @Nullable HistoryReceiver receiver;

	private volatile boolean complete = true;

	/** The views that came, and those that were handled. */
	private final AtomicInteger views = new AtomicInteger();

	private volatile int viewsHandled;

	/** Since when it is not complete. */
	private volatile long incompleteSince;

	private final List<String> patterns;

	private volatile boolean closed;

	private int ticks;

	/**
	 * Create the histories of topics of a node.
	 * @param histories what is kept, nothing if empty; no two may match one topic
	 */
	public ClusterHistory(ClusterWire wire, List<HistorySettings> histories) {
		this(wire, HistorySpace.TOPICS, histories);
	}

	/**
	 * Create the histories of a node.
	 * @param space whose messages are kept
	 * @param histories what is kept, nothing if empty
	 * @throws IllegalArgumentException if two histories match one topic
	 */
	public ClusterHistory(ClusterWire wire, HistorySpace space, List<HistorySettings> histories) {
		this.space = space;
		this.patterns = histories.stream().flatMap((history) -> history.topics().stream()).toList();
		this.nanoClock = System::nanoTime;
		this.self = wire.self();
		this.store = new HistoryStore(Origin.fresh(wire.self()), space, histories, this.nanoClock);
		this.sync = new HistorySync(this.store, new LineOutbox(), this.nanoClock);
		this.waits = new CatchUpWaits(this.sync, this.nanoClock);
		this.mailbox = wire.mailbox(MAILBOX_CAPACITY);
		this.mailboxBytes = new ByteBudget(wire.mailboxBytes());
		this.line = wire.openDirect(space.kind(), this::received);
		this.ticker = Ticker.withThread(space.thread(), TICK, () -> this.mailbox.post(this::tick));
	}

	/**
	 * Begin to deliver.
	 * @param receiver the topics of this node
	 * @param messages how many messages of a topic may wait for a slow subscription,
	 * beside those that are kept
	 * @param bytes how many bytes of a history may wait for them
	 */
	public void open(HistoryReceiver receiver, int messages, long bytes) {
		this.store.backlog(messages, bytes);
		this.receiver = receiver;
		if (this.store.isUsed()) {
			this.ticker.start();
		}
	}

	/** Return what is kept: topics, or their beginnings followed by {@code *}. */
	public List<String> patterns() {
		return this.patterns;
	}

	/** Return whether a topic has a history. */
	public boolean keeps(String topic) {
		return this.store.keeps(topic);
	}

	/**
	 * Return the log of a topic.
	 * @return the log, {@code null} if the topic has no history
	 */
	public @Nullable TopicLog log(String topic) {
		return this.store.log(topic);
	}

	/**
	 * Return the log of a topic and a cursor at its end. In
	 * {@link HistorySpace#DESTINATIONS} it is the single cursor that the log has from its
	 * beginning.
	 * @return {@code null} if the topic has no history
	 */
	public @Nullable LogReader reader(String topic) {
		return this.store.with(topic, (log) -> new LogReader(log, log.cursor(), this.store));
	}

	/**
	 * Publish a message of this node to all nodes, and return its position. The caller
	 * may have to wait for slow nodes, as for any frame.
	 * @param log the log of its topic
	 * @param topicFrame the message, as a frame of topics
	 * @param sender the subscription that must not receive it
	 */
	public @Nullable MessagePosition publish(TopicLog log, byte[] topicFrame, @Nullable Object sender) {
		return this.store.publish(log, topicFrame, sender, () -> changed(log.topic()), this.line::send);
	}

	/**
	 * Send a message of a topic with history to one node, which does not keep it.
	 * @param topicFrame the message, as a frame of topics
	 */
	public void sendTo(Node node, byte[] topicFrame) {
		this.line.sendTo(node, HistoryFrame.aimed(this.space.kind(), topicFrame));
	}

	/** A message of a topic with history came without a number. */
	public void unnumbered(String topic) {
		this.store.with(topic, (log) -> {
			log.unnumbered();
			return log;
		});
	}

	private void received(Node sender, ByteBuffer body) {
		HistoryReceiver open = this.receiver;
		HistoryFrame frame = HistoryFrame.decode(body);
		if (open == null) {
			return;
		}
		if (frame instanceof Message message) {
			received(open, sender, message);
		}
		else if (frame instanceof Aimed aimed) {
			open.deliver(sender, aimed.body());
		}
		else {
			if (frame instanceof Range range) {
				range.items()
					.forEach((item) -> FrameReader.check(open.topic(ByteBuffer.wrap(item.body())).equals(range.topic()),
							"a message is of another topic"));
			}
			post(sender, frame, body.remaining());
		}
	}

	private void post(Node sender, HistoryFrame frame, int size) {
		if (this.mailboxBytes.take(size)) {
			if (!this.mailbox.post(() -> handle(sender, frame, size))) {
				this.mailboxBytes.give(size);
			}
		}
	}

	private void received(HistoryReceiver open, Node sender, Message message) {
		FrameReader.check(message.origin() != this.store.self().id(), "it has the origin of its receiver");
		String topic = open.topic(message.body());
		Origin origin = origin(sender, message.origin());
		Taken taken = this.store.take(topic, message.opens(),
				KeptMessage.copy(origin, message.number(), this.nanoClock.getAsLong(), message.body()));
		if (taken == null) {
			open.deliver(sender, message.body());
		}
		else if (taken == Taken.NEXT) {
			open.changed(topic);
		}
		else if (taken == Taken.GAP) {
			open.changed(topic);
			this.mailbox.post(() -> this.sync.missing(topic, origin.id()));
		}
	}

	private Origin origin(Node sender, long id) {
		Origin known = this.origins.get(sender);
		if (known == null || known.id() != id) {
			known = new Origin(id, sender);
			this.origins.put(sender, known);
		}
		return known;
	}

	private void handle(Node sender, HistoryFrame frame, int size) {
		try {
			this.sync.received(sender, frame);
			changed();
		}
		finally {
			this.mailboxBytes.give(size);
		}
	}

	@Override
	public void viewChanged(ClusterView view) {
		List<Node> others = view.nodes().stream().filter((node) -> !node.equals(this.self)).toList();
		this.origins.keySet().retainAll(others);
		if (this.store.isUsed()) {
			if (isComplete()) {
				this.incompleteSince = this.nanoClock.getAsLong();
			}
			int number = this.views.incrementAndGet();
			this.mailbox.postAlways(() -> {
				this.sync.view(others);
				this.complete = this.sync.isComplete();
				this.viewsHandled = number;
				changed();
			});
		}
	}

	/** Return whether all nodes of the last view have told what they have. */
	private boolean isComplete() {
		return this.complete && this.viewsHandled == this.views.get();
	}

	private void tick() {
		this.sync.tick();
		if (++this.ticks % SWEEP == 0) {
			this.store.sweep();
		}
		changed();
	}

	private void changed() {
		this.complete = this.sync.isComplete();
		this.waits.check(this.closed);
	}

	private void changed(String topic) {
		HistoryReceiver open = this.receiver;
		if (open != null) {
			open.changed(topic);
		}
	}

	/**
	 * Wait until this node knows what somebody has missed, or cannot know it.
	 * @param reader a reader of the topic
	 * @param position the position of the last message that was seen
	 * @return completes within {@link #CATCH_UP_TIME}, on any thread
	 */
	public CompletionStage<Void> ready(LogReader reader, HistoryPosition position) {
		CompletableFuture<Void> ready = new CompletableFuture<>();
		if (!this.mailbox.post(() -> this.waits.add(reader.log(), position, ready))) {
			ready.complete(null);
		}
		return ready;
	}

	/**
	 * Find what somebody has missed.
	 * @param reader from where live messages follow
	 * @param from the position of the last message that was seen
	 * @param away how long ago that was at most, {@code null} if it is not known
	 * @return the answer, or {@code null} if the reader has yet to reach the position, or
	 * other nodes have yet to tell what they have
	 */
	public @Nullable CatchUp catchUp(LogReader reader, HistoryPosition from, @Nullable Duration away) {
		long contact = LastContact.of(away, this.nanoClock.getAsLong());
		if (!isComplete()) {
			return null;
		}
		CatchUp answer = reader.catchUp(from, contact, this.store::isForgotten);
		if (answer instanceof CatchUp.Recovered && !TopicLog.isAfter(contact, this.store.lostUntil())) {
			answer = new CatchUp.Lost(Loss.TOO_OLD, answer.position());
		}
		return answer;
	}

	/**
	 * Count what somebody who came back was told, which may be less than the answer.
	 * @param loss why messages may be missing, {@code null} if none is
	 */
	public void told(@Nullable Loss loss) {
		this.catchUps.add(loss);
	}

	@Override
	public boolean isUsed() {
		return this.store.isUsed();
	}

	@Override
	public HistoryStatistics statistics() {
		HistoryStore.Statistics kept = this.store.statistics();
		return new HistoryStatistics(kept.topics(), kept.messages(), kept.bytes(), kept.evicted(),
				this.catchUps.byOutcome(), this.sync.gaps());
	}

	@Override
	public Duration comparing() {
		return isComplete() ? Duration.ZERO
				: Duration.ofNanos(Math.max(1, this.nanoClock.getAsLong() - this.incompleteSince));
	}

	@Override
	public void forEachLog(Consumer<TopicLog> action) {
		this.store.logs().forEach(action);
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	@Override
	public void close() {
		this.ticker.close();
		this.line.close();
		this.closed = true;
		this.mailbox.postAlways(this::changed);
	}

	/** Sends by the line. */
	private final class LineOutbox implements Outbox {

		@Override
		public void send(Node node, HistoryFrame frame) {
			ClusterHistory.this.line.sendTo(node, frame.encode(ClusterHistory.this.space.kind()));
		}

		@Override
		public void sendAll(HistoryFrame frame) {
			ClusterHistory.this.line.send(frame.encode(ClusterHistory.this.space.kind()));
		}

		@Override
		public void changed(String topic) {
			ClusterHistory.this.changed(topic);
		}

	}

}
