package io.clusterspring.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Message;
import io.clusterspring.history.HistorySync.Outbox;
import io.clusterspring.history.TopicLog.Taken;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes with histories on a network that loses, delays and splits, and clients that move
 * between them, in one thread and by one random number generator. Each client checks what
 * it receives against the only two things that may happen to it: it gets every message of
 * each origin in order, once, or it is told.
 */
final class HistoryWorld {

	static final List<String> TOPICS = List.of("room:1", "room:2");

	private final Random random;

	private final HistorySettings settings;

	private final boolean traced;

	private final List<String> trace = new ArrayList<>();

	final Map<String, Member> members = new LinkedHashMap<>();

	final List<HistoryClient> clients = new ArrayList<>();

	private final Map<String, Deque<byte[]>> links = new LinkedHashMap<>();

	/** The first number of each origin and topic, and the last one. */
	private final Map<String, long[]> published = new HashMap<>();

	private Map<String, Integer> sides = new HashMap<>();

	private long now = TimeUnit.DAYS.toNanos(1);

	private int names;

	boolean lossy = true;

	HistoryWorld(long seed, boolean traced, int size, Duration ttl, long bytes) {
		this.traced = traced;
		this.random = new Random(seed);
		this.settings = new HistorySettings("rooms", List.of("room:*"), size, ttl, bytes);
	}

	void note(Supplier<String> text) {
		if (this.traced) {
			this.trace.add(text.get());
		}
	}

	String trace() {
		return String.join("\n", this.trace.subList(Math.max(0, this.trace.size() - 1000), this.trace.size()));
	}

	Member start() {
		Member member = new Member("n" + ++this.names);
		this.members.put(member.name, member);
		this.sides.put(member.name, this.random.nextInt(2) * (isSplit() ? 1 : 0));
		note(() -> "start " + member.name + " " + new MessagePosition(member.store.self().id(), 0));
		views();
		return member;
	}

	private boolean isSplit() {
		return this.sides.values().stream().distinct().count() > 1;
	}

	void crash(Member member) {
		note(() -> "crash " + member.name);
		this.members.remove(member.name);
		this.sides.remove(member.name);
		this.links.keySet().removeIf((link) -> link.startsWith(member.name + ">") || link.endsWith(">" + member.name));
		this.clients.stream().filter((client) -> client.node == member).forEach(HistoryClient::disconnect);
		views();
	}

	void split() {
		this.sides.replaceAll((name, side) -> this.random.nextInt(2));
		note(() -> "split " + this.sides);
		this.links.clear();
		views();
	}

	void heal() {
		if (isSplit()) {
			// as in the engine: first the view that lacks the others, then the whole one
			this.sides.replaceAll((name, side) -> 0);
			note(() -> "heal");
			views();
		}
	}

	private void views() {
		for (Member member : this.members.values()) {
			List<Node> others = this.members.values()
				.stream()
				.filter((other) -> other != member && this.sides.get(other.name).equals(this.sides.get(member.name)))
				.map((other) -> other.node)
				.toList();
			member.view(others);
		}
	}

	void addClient(String name, String topic) {
		HistoryClient client = new HistoryClient(this, name, topic);
		this.clients.add(client);
		client.connect(anyMember());
	}

	Member anyMember() {
		List<Member> all = List.copyOf(this.members.values());
		return all.get(this.random.nextInt(all.size()));
	}

	/** Deliver, or lose, the next frame of any link. */
	boolean deliver() {
		List<String> busy = this.links.entrySet()
			.stream()
			.filter((link) -> !link.getValue().isEmpty())
			.map(Map.Entry::getKey)
			.toList();
		if (busy.isEmpty()) {
			return false;
		}
		String link = busy.get(this.random.nextInt(busy.size()));
		byte[] frame = this.links.get(link).remove();
		Member from = this.members.get(link.substring(0, link.indexOf('>')));
		Member to = this.members.get(link.substring(link.indexOf('>') + 1));
		boolean lost = this.lossy && this.random.nextInt(25) == 0;
		if (from != null && to != null && this.sides.get(from.name).equals(this.sides.get(to.name)) && !lost) {
			to.receive(from, FrameKind.body(frame));
		}
		else {
			note(() -> "lost on " + link);
		}
		return true;
	}

	void step() {
		this.now += TimeUnit.MILLISECONDS.toNanos(this.random.nextInt(20));
		switch (this.random.nextInt(40)) {
			case 0 -> split();
			case 1, 2 -> heal();
			case 3 -> {
				if (this.members.size() > 2) {
					crash(anyMember());
				}
			}
			case 4 -> {
				if (this.members.size() < 5) {
					start();
				}
			}
			case 5, 6 -> {
				this.now += TimeUnit.MILLISECONDS.toNanos(500);
				anyMember().tick();
			}
			case 7, 8 -> client().disconnect();
			case 9, 10, 11 -> client().connect(anyMember());
			case 12, 13, 14, 15, 16, 17, 18, 19, 20 -> anyMember().publish(TOPICS.get(this.random.nextInt(2)));
			case 21 -> anyMember().fanOut();
			default -> {
				for (int i = this.random.nextInt(6); i >= 0; i--) {
					deliver();
				}
			}
		}
		if (this.random.nextInt(3) > 0) {
			this.members.values().forEach(Member::fanOut);
		}
	}

	private HistoryClient client() {
		return this.clients.get(this.random.nextInt(this.clients.size()));
	}

	/** Heal, and let all nodes and clients come to rest. */
	void settle() {
		this.lossy = false;
		heal();
		for (int i = 0; i < 16; i++) {
			while (deliver()) {
				// until nothing is on its way
			}
			this.now += TimeUnit.MILLISECONDS.toNanos(600);
			this.members.values().forEach(Member::tick);
			this.clients.forEach((client) -> client.connect(anyMember()));
			this.members.values().forEach(Member::fanOut);
		}
	}

	/**
	 * Each node has, or has given up, what any node keeps, and each client has what its
	 * node has.
	 */
	void check() {
		for (String topic : TOPICS) {
			Map<Long, Long> kept = new HashMap<>();
			this.members.values()
				.stream()
				.flatMap((member) -> member.states(topic).stream())
				.filter((state) -> state.first() <= state.last())
				.forEach((state) -> kept.merge(state.origin().id(), state.last(), Math::max));
			for (Member member : this.members.values()) {
				Map<Long, Long> last = new HashMap<>();
				member.states(topic).forEach((state) -> last.put(state.origin().id(), state.last()));
				kept.forEach((origin, number) -> assertThat(last.getOrDefault(origin, 0L))
					.as("%s of %s at %s", topic, new MessagePosition(origin, number), member.name)
					.isGreaterThanOrEqualTo(number));
				for (Member other : this.members.values()) {
					long[] own = this.published.get(key(other.store.self().id(), topic));
					assertThat((own != null) ? last.get(other.store.self().id()) : null)
						.as("%s of living %s at %s", topic, other.name, member.name)
						.isEqualTo((own != null) ? own[1] : null);
				}
				for (HistoryClient client : this.clients) {
					if (client.topic.equals(topic) && client.node == member) {
						assertThat(client.isLive()).as("%s is live", client).isTrue();
						last.forEach((origin, number) -> assertThat(Math.max(0, client.position.number(origin)))
							.as("%s of %s", client, new MessagePosition(origin, 0))
							.isIn(number, (client.early) ? 0L : number));
					}
				}
			}
		}
	}

	long now() {
		return this.now;
	}

	/** Return the numbers of the first and the last message of an origin. */
	long[] published(long origin, String topic) {
		return this.published.getOrDefault(key(origin, topic), new long[2]);
	}

	private static String key(long origin, String topic) {
		return origin + "/" + topic;
	}

	/** A node. */
	final class Member {

		final String name;

		final Node node;

		final HistoryStore store;

		final HistorySync sync;

		private List<Node> others = List.of();

		final Map<String, LogReader> fanOuts = new LinkedHashMap<>();

		Member(String name) {
			this.name = name;
			this.node = Node.of(name + "@host");
			this.store = new HistoryStore(
					new Origin(HistoryWorld.this.random.nextLong(1L << MessagePosition.ORIGIN_BITS), this.node),
					List.of(HistoryWorld.this.settings), () -> HistoryWorld.this.now);
			this.sync = new HistorySync(this.store, new Links(), () -> HistoryWorld.this.now);
			TOPICS.forEach((topic) -> this.fanOuts.put(topic, reader(topic)));
		}

		private LogReader reader(String topic) {
			LogReader reader = this.store.with(topic, (log) -> new LogReader(log, log.cursor(), this.store));
			assertThat(reader).isNotNull();
			return reader;
		}

		void view(List<Node> nodes) {
			// nodes that were apart come again
			this.others = nodes;
			this.sync.view(nodes);
		}

		List<WindowState> states(String topic) {
			TopicLog log = this.store.log(topic);
			assertThat(log).isNotNull();
			return log.states();
		}

		void tick() {
			this.sync.tick();
			this.store.sweep();
		}

		void publish(String topic) {
			byte[] text = (topic + "#" + HistoryWorld.this.random.nextInt(1000)).getBytes(StandardCharsets.UTF_8);
			TopicLog log = this.store.log(topic);
			assertThat(log).isNotNull();
			this.store.publish(log, new FrameWriter(FrameKind.TOPIC).rest(text).frame(), null, () -> {
			}, (frame) -> this.others.forEach((other) -> send(other, frame)));
			WindowState own = log.state(this.store.self().id());
			assertThat(own).isNotNull();
			long[] known = HistoryWorld.this.published.computeIfAbsent(key(this.store.self().id(), topic),
					(key) -> new long[] { own.last(), 0 });
			known[1] = own.last();
			note(() -> this.name + " publishes " + topic + " " + own.last());
		}

		private void send(Node to, byte[] frame) {
			HistoryWorld.this.links.computeIfAbsent(this.name + ">" + to.name(), (link) -> new ArrayDeque<>())
				.add(frame);
		}

		void receive(Member from, ByteBuffer body) {
			HistoryFrame frame = HistoryFrame.decode(body);
			if (frame instanceof Message message) {
				byte[] text = new byte[message.body().remaining()];
				message.body().get(0, text);
				String topic = new String(text, StandardCharsets.UTF_8).replaceAll("#.*", "");
				Taken taken = this.store.take(topic, message.opens(),
						KeptMessage.copy(new Origin(message.origin(), from.node), message.number(),
								HistoryWorld.this.now, message.body()));
				note(() -> this.name + " takes " + topic + " " + message.number() + " of " + from.name + ": " + taken);
				if (taken == Taken.GAP) {
					this.sync.missing(topic, message.origin());
				}
			}
			else {
				note(() -> this.name + " receives of " + from.name + " " + frame);
				this.sync.received(from.node, frame);
			}
		}

		boolean isReady(String topic, HistoryPosition position) {
			TopicLog log = this.store.log(topic);
			return log != null && this.sync.isComplete() && !this.sync.awaits(topic)
					&& (log.covers(position) || !log.knows(position));
		}

		/** The fan-out reads what it has not seen, for all its live clients. */
		void fanOut() {
			this.fanOuts.forEach((topic, reader) -> {
				for (List<LogItem> items = reader.read(5); !items.isEmpty(); items = reader.read(5)) {
					for (LogItem item : items) {
						HistoryWorld.this.clients.stream()
							.filter((client) -> client.node == this && client.live && client.topic.equals(topic))
							.forEach((client) -> client.receive(item, reader.position()));
					}
				}
			});
			HistoryWorld.this.clients.stream().filter((client) -> client.node == this).forEach(HistoryClient::goOn);
		}

		/** Puts frames on the links of the view. */
		private final class Links implements Outbox {

			@Override
			public void send(Node to, HistoryFrame frame) {
				if (Member.this.others.contains(to)) {
					Member.this.send(to, frame.encode(FrameKind.HISTORY));
				}
			}

			@Override
			public void sendAll(HistoryFrame frame) {
				Member.this.others.forEach((other) -> Member.this.send(other, frame.encode(FrameKind.HISTORY)));
			}

			@Override
			public void changed(String topic) {
			}

		}

	}

}
