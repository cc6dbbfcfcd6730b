package io.clusterspring.interest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.interest.InterestState.Addressed;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * The audience of each topic, as the nodes tell each other. All messages pass one
 * mailbox. Publishers take no lock.
 */
public final class Interests implements Audience, TransportListener, FailureSource, AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final int CAPACITY = 65_536;

	// a node that is alone uses this: one that has just come needs everything
	private static final Predicate<Node> EVERY_NODE = (node) -> true;

	private final Node self;

	private final ClusterWire wire;

	// guarded by itself
	private final InterestState state;

	private final Mailbox mailbox;

	private final WireLine line;

	private final CoalescedTask exchange;

	private final CoalescedTask renewal;

	private final Ticker ticker;

	/** The nodes that have sent such messages, so they read them. */
	private final Set<Node> speakers = ConcurrentHashMap.newKeySet();

	private final LongAdder sent = new LongAdder();

	private final LongAdder saved = new LongAdder();

	// written by the engine, one view at a time
	private volatile long views;

	private volatile int others;

	/**
	 * Create the interests of a node, and take part in their exchange.
	 * @param wire carries the announcements
	 */
	public Interests(ClusterWire wire, InterestSettings settings) {
		this(wire, settings, INTERVAL);
	}

	Interests(ClusterWire wire, InterestSettings settings, Duration interval) {
		this.self = wire.self();
		this.wire = wire;
		ThreadLocalRandom random = ThreadLocalRandom.current();
		this.state = new InterestState(random.nextLong(), settings, System::nanoTime,
				() -> ThreadLocalRandom.current().nextLong());
		this.mailbox = wire.mailbox(CAPACITY);
		this.exchange = new CoalescedTask(this.mailbox, () -> exchange(() -> {
		}));
		this.renewal = new CoalescedTask(this.mailbox, () -> exchange(this.state::renew));
		CoalescedTask ticking = new CoalescedTask(this.mailbox, () -> exchange(this.state::tick));
		this.line = wire.open(FrameKind.INTEREST, this.mailbox,
				(sender, body) -> received(sender, InterestMessage.decode(body)));
		wire.onHello((node) -> this.mailbox.postAlways(() -> exchange(() -> this.state.met(node))));
		this.ticker = Ticker.withThread("cluster-interests", interval, ticking::post);
		this.ticker.start();
	}

	@Override
	public CompletionStage<@Nullable Void> subscribed(String topic) {
		CompletionStage<@Nullable Void> known;
		synchronized (this.state) {
			known = this.state.subscribed(topic);
		}
		this.exchange.post();
		return known;
	}

	@Override
	public void unsubscribed(String topic) {
		synchronized (this.state) {
			this.state.unsubscribed(topic);
		}
	}

	@Override
	public void needs(String topics) {
		subscribed(topics.endsWith("*") ? Names.ofTopics(topics.substring(0, topics.length() - 1)) : topics);
	}

	@Override
	public @Nullable Predicate<Node> of(String topic) {
		return of((peer, now) -> peer.isWithout(topic, now));
	}

	Knowledge knowledge() {
		return this.state.knowledge();
	}

	@Nullable Predicate<Node> of(Knowledge.Absence absence) {
		Knowledge known = knowledge();
		long now = use();
		if (this.others == 0) {
			return EVERY_NODE;
		}
		// decided, and counted, once for all of them
		if (known.view() != this.views || !known.mayLeaveOutAny(absence, now)) {
			this.sent.add(this.others);
			return null;
		}
		return (node) -> {
			boolean without = known.mayLeaveOut(node, absence, now);
			(without ? this.saved : this.sent).increment();
			return !without;
		};
	}

	// the first publisher after an idle time does not wait for the next tick
	private long use() {
		long now = System.nanoTime();
		if (this.state.use().mark(now)) {
			this.renewal.post();
			return System.nanoTime();
		}
		return now;
	}

	// the others have seen this node leave, whatever it knows of them
	@Override
	public void joining() {
		take(List.of());
	}

	@Override
	public void viewChanged(ClusterView view) {
		take(view.nodes().stream().filter((node) -> !node.equals(this.self)).toList());
	}

	private void take(List<Node> others) {
		long number = this.views + 1;
		this.views = number;
		this.others = others.size();
		this.mailbox.postAlways(() -> {
			this.speakers.retainAll(others);
			exchange(() -> this.state.view(number, others));
		});
	}

	private void received(Node sender, InterestMessage message) {
		this.speakers.add(sender);
		exchange(() -> this.state.receive(sender, message));
	}

	// only the mailbox calls this, which keeps the messages in order
	private void exchange(Runnable change) {
		List<Addressed> messages;
		List<CompletableFuture<@Nullable Void>> known;
		synchronized (this.state) {
			change.run();
			messages = this.state.takeMessages();
			known = this.state.takeKnown();
		}
		known.forEach((stage) -> stage.complete(null));
		messages.forEach(this::send);
	}

	private void send(Addressed message) {
		this.line.send(message.message().encode(), (node) -> message.receivers().contains(node) && reads(node));
	}

	private boolean reads(Node node) {
		return this.wire.reads(node, FrameKind.INTEREST) || this.speakers.contains(node);
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	/** Return the numbers of this moment. */
	public Statistics statistics() {
		int remote = knowledge().peers().values().stream().mapToInt(PeerTopics::size).sum();
		synchronized (this.state) {
			return new Statistics(this.sent.sum(), this.saved.sum(), this.state.own().size(), remote,
					this.state.waiting());
		}
	}

	/**
	 * Return how many topics each other node has announced.
	 * @return the numbers, without nodes whose interests are not known
	 */
	public Map<Node, Integer> topicsByNode() {
		Map<Node, Integer> numbers = new HashMap<>();
		knowledge().peers().forEach((node, topics) -> numbers.put(node, topics.size()));
		return numbers;
	}

	@Override
	public void close() {
		this.ticker.close();
		this.line.close();
	}

	/**
	 * Numbers of one moment.
	 *
	 * @param sentFrames frames of topics to another node, counted for each such node
	 * @param savedFrames frames that were not sent to a node, because it does not listen
	 * @param ownTopics the topics that this node announces
	 * @param remoteTopics the topics of the other nodes that are known, counted for each
	 * node
	 * @param waiting announcements that are not known to all nodes yet
	 */
	public record Statistics(long sentFrames, long savedFrames, int ownTopics, int remoteTopics, int waiting) {
	}

}
