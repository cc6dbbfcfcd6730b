package io.clusterspring.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Compare;
import io.clusterspring.history.HistoryFrame.Fetch;
import io.clusterspring.history.HistoryFrame.Heads;
import io.clusterspring.history.HistoryFrame.Item;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistoryFrame.State;
import io.clusterspring.history.HistoryFrame.TopicState;
import io.clusterspring.history.TopicLog.Learned;
import io.clusterspring.history.TopicLog.Missing;

/**
 * Keeps the logs of the nodes equal: a node compares what it has with each node that
 * comes into its view, and fetches what is missing. The package describes the protocol.
 * It has no thread and no clock of its own. Not thread-safe.
 */
final class HistorySync {

	/** How long an answer may take before the question is asked again. */
	static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	/** How long ago the last messages of a node may be that others may have missed. */
	private static final long LATELY = TimeUnit.MINUTES.toNanos(1);

	/** The largest age that a node believes, longer than any node keeps anything. */
	private static final long OLDEST = TimeUnit.DAYS.toMillis(365);

	private final HistoryStore store;

	private final Outbox outbox;

	private final LongSupplier nanoClock;

	private final Map<Node, Peer> peers = new LinkedHashMap<>();

	private final Repairs repairs;

	private final Backfill backfill;

	private final HeadNews news = new HeadNews();

	/** Whether this node has seen its first view. */
	private boolean met;

	private long tokens;

	HistorySync(HistoryStore store, Outbox outbox, LongSupplier nanoClock) {
		this.store = store;
		this.outbox = outbox;
		this.nanoClock = nanoClock;
		this.repairs = new Repairs(store, outbox, nanoClock, this::news);
		this.backfill = new Backfill(store, outbox, nanoClock);
	}

	/** The other nodes of the view have changed. */
	void view(Collection<Node> others) {
		List<Node> gone = this.peers.keySet().stream().filter((node) -> !others.contains(node)).toList();
		if (!gone.isEmpty() && !others.isEmpty()) {
			this.store.logs()
				.forEach((log) -> log.heardLately(gone, LATELY)
					.forEach((window) -> this.news.add(log, window.origin())));
		}
		this.peers.keySet().retainAll(others);
		this.repairs.view(others);
		this.backfill.view(others);
		for (Node node : others) {
			if (!this.peers.containsKey(node)) {
				Peer peer = new Peer(this.met);
				this.peers.put(node, peer);
				compare(node, peer);
			}
		}
		this.met = true;
		finishBoot();
	}

	private void compare(Node node, Peer peer) {
		peer.token = ++this.tokens;
		peer.parts = 0;
		peer.heard = now();
		this.outbox.send(node, new Compare(peer.token));
	}

	private void finishBoot() {
		if (this.store.isBooting() && isComplete()) {
			this.store.booted();
		}
	}

	/** Return whether all nodes of the view have told what they have. */
	boolean isComplete() {
		return this.peers.values().stream().allMatch((peer) -> peer.complete);
	}

	/** Return whether messages of a topic are on their way from other nodes. */
	boolean awaits(String topic) {
		return this.repairs.awaits(topic) || this.backfill.awaits(topic);
	}

	/** Somebody waits for the messages of a topic. */
	void hurry(String topic) {
		this.backfill.hurry(topic);
	}

	/** Return how often messages were missing, and what became of them. Thread-safe. */
	Map<String, Long> gaps() {
		return this.repairs.counts();
	}

	/** Messages of an origin are missing. */
	void missing(String topic, long origin) {
		this.repairs.missing(topic, origin, null);
	}

	void received(Node sender, HistoryFrame frame) {
		if (frame instanceof Heads heads) {
			heads(heads);
		}
		else if (frame instanceof Compare compare) {
			answer(sender, compare);
		}
		else if (frame instanceof State state) {
			state(sender, state);
		}
		else if (frame instanceof Fetch fetch) {
			answer(sender, fetch);
		}
		else if (frame instanceof Range range && !this.backfill.received(sender, range, messages(range))) {
			this.repairs.received(sender, range, messages(range));
		}
	}

	private List<KeptMessage> messages(Range range) {
		long now = now();
		return range.items()
			.stream()
			.map((item) -> new KeptMessage(range.window().origin(), item.number(), now - nanos(item.age()), item.body(),
					0, null))
			.toList();
	}

	private static long nanos(long age) {
		return TimeUnit.MILLISECONDS.toNanos(Math.min(age, OLDEST));
	}

	private void heads(Heads heads) {
		if (heads.origin().id() == this.store.self().id() || isBeforeBoot(heads.origin().node())) {
			return;
		}
		for (TopicState topic : heads.topics()) {
			for (WindowState window : topic.windows()) {
				Learned learned = this.store.with(topic.topic(), (log) -> log.learn(window, false));
				if (learned != null && learned.news()) {
					news(topic.topic(), window);
				}
				if (learned != null && learned.missing()) {
					// the message may be right behind, so this waits for the next tick
					this.repairs.suspect(topic.topic(), window.origin().id());
				}
			}
		}
	}

	// its state will tell what it has published before this node came, which is not for
	// the subscriptions of this node
	private boolean isBeforeBoot(Node node) {
		Peer peer = this.peers.get(node);
		return this.store.isBooting() && peer != null && !peer.complete;
	}

	private void answer(Node sender, Compare compare) {
		long until = this.store.untoldUntil();
		long age = (until == TopicLog.NEVER) ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(now() - until);
		List<Long> forgotten = this.store.forgotten();
		List<TopicState> topics = new ArrayList<>();
		int part = 0;
		int size = 0;
		for (TopicLog log : this.store.logs()) {
			TopicState state = new TopicState(log.topic(), log.states());
			if (!state.windows().isEmpty()) {
				topics.add(state);
				size += state.size();
			}
			if (size >= HistoryFrame.PART) {
				this.outbox.send(sender, new State(compare.token(), part++, false, 0, List.of(), List.of(), topics));
				topics = new ArrayList<>();
				size = 0;
			}
		}
		this.outbox.send(sender, new State(compare.token(), part, true, age, forgotten, known(), topics));
	}

	private List<Long> known() {
		long self = this.store.self().id();
		List<Long> known = new ArrayList<>(this.store.known());
		known.remove(self);
		known.add(self);
		return known;
	}

	private void state(Node sender, State state) {
		Peer peer = this.peers.get(sender);
		if (peer == null || peer.complete || peer.token != state.token()) {
			return;
		}
		if (peer.parts != state.part()) {
			compare(sender, peer);
			return;
		}
		peer.parts++;
		peer.heard = now();
		boolean booting = this.store.isBooting();
		state.topics().forEach((topic) -> topic.windows().forEach((window) -> {
			// messages of a node that came after this one are live
			boolean older = booting && !(peer.newcomer && window.origin().node().equals(sender));
			learn(sender, topic, window, older);
		}));
		this.store.know(state.known());
		if (state.end()) {
			if (!state.known().isEmpty()) {
				peer.origin = state.known().get(state.known().size() - 1);
			}
			if (state.forgottenAge() > 0) {
				this.store.forget(state.forgotten(), now() - nanos(state.forgottenAge()));
			}
			peer.complete = true;
			finishBoot();
		}
	}

	private void news(String topic, WindowState window) {
		TopicLog log = this.store.log(topic);
		Peer peer = this.peers.get(window.origin().node());
		// an origin that is in the view tells it itself
		if (log != null && (peer == null || (peer.complete && peer.origin != window.origin().id()))) {
			this.news.add(log, window.origin());
		}
	}

	private void learn(Node sender, TopicState topic, WindowState window, boolean booting) {
		if (window.origin().id() == this.store.self().id()) {
			return;
		}
		Learned learned = this.store.with(topic.topic(), (log) -> log.learn(window, booting));
		if (learned != null && learned.missing()) {
			this.repairs.missing(topic.topic(), window.origin().id(), sender);
		}
		if (learned != null && learned.news()) {
			news(topic.topic(), window);
		}
		Missing older = (learned != null) ? learned.older() : null;
		if (older != null) {
			this.backfill.fetch(sender, topic.topic(), older);
		}
	}

	private void answer(Node sender, Fetch fetch) {
		TopicLog log = this.store.log(fetch.topic());
		Range range = (log != null) ? range(log, fetch) : null;
		this.outbox.send(sender, (range != null) ? range : new Range(fetch.topic(),
				new WindowState(new Origin(fetch.origin(), this.store.self().node()), 0, 1, 0), List.of()));
	}

	private @Nullable Range range(TopicLog log, Fetch fetch) {
		synchronized (log) {
			WindowState window = log.state(fetch.origin());
			if (window == null) {
				return null;
			}
			long now = now();
			Missing wanted = new Missing(fetch.origin(), fetch.from(), fetch.to());
			return new Range(fetch.topic(), window,
					log.range(wanted, HistoryFrame.PART).stream().map((message) -> item(message, now)).toList());
		}
	}

	private static Item item(KeptMessage message, long now) {
		byte[] body = new byte[message.body().remaining()];
		message.body().get(body);
		return new Item(message.number(), Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - message.published())), body);
	}

	/** Called at intervals: ask again, and tell what this node has published last. */
	void tick() {
		long now = now();
		this.peers.forEach((node, peer) -> {
			if (!peer.complete && now - peer.heard > PATIENCE) {
				compare(node, peer);
			}
		});
		this.repairs.tick();
		this.backfill.tick();
		this.store.takeRecent().forEach((log) -> this.news.add(log, this.store.self()));
		this.news.tick().forEach(this.outbox::sendAll);
	}

	private long now() {
		return this.nanoClock.getAsLong();
	}

	/** Sends to other nodes, and tells subscriptions. */
	interface Outbox {

		void send(Node node, HistoryFrame frame);

		void sendAll(HistoryFrame frame);

		/** Subscriptions of the topic have something to read. */
		void changed(String topic);

	}

	/** How far another node has told what it has. */
	private static final class Peer {

		private long token;

		private int parts;

		private long heard;

		private boolean complete;

		/** Whether it came after this node. */
		private final boolean newcomer;

		private long origin = -1;

		Peer(boolean newcomer) {
			this.newcomer = newcomer;
		}

	}

}
