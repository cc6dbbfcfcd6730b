package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.ObjectUtils;

import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.HistoryReceiver;
import io.clusterspring.history.KeptMessage;
import io.clusterspring.history.LogReader;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.history.TopicLog;
import io.clusterspring.interest.Audience;
import io.clusterspring.mailbox.ByteBudget;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * {@link PubSub} over a {@link ClusterWire}. Each frame goes once to every node of the
 * topic's {@link Audience}, and each node finds its own subscribers, as in
 * Phoenix.PubSub.
 */
public final class ClusterPubSub implements PubSub {

	private final Node self;

	private final WireLine line;

	private final Audience audience;

	private final PayloadLimit limit;

	private final PayloadCodec codec;

	private final Executor executor;

	private final int mailboxCapacity;

	private final long mailboxBytes;

	private final MessageObserver observer;

	private final LongAdder dropped = new LongAdder();

	private final TopicRegistry registry = new TopicRegistry();

	private final ClusterHistory history;

	private final Consumer<TopicGap> gaps;

	/**
	 * Create the topics of a node.
	 * @param codec encodes payloads
	 * @param executor runs the listeners
	 * @param mailboxCapacity how many messages may wait for one listener; the limit for
	 * their bytes is that of the wire
	 * @param observer wraps each broadcast and each delivery
	 */
	public ClusterPubSub(ClusterWire wire, PayloadCodec codec, Executor executor, int mailboxCapacity,
			MessageObserver observer) {
		this(wire, Audience.EVERYONE, codec, executor, mailboxCapacity, observer, new ClusterHistory(wire, List.of()),
				(gap) -> {
				});
	}

	/**
	 * Create the topics of a node, some of which have a history.
	 * @param audience knows the nodes that need a message
	 * @param codec encodes payloads
	 * @param executor runs the listeners
	 * @param mailboxCapacity how many messages may wait for one listener; the limit for
	 * their bytes is that of the wire
	 * @param observer wraps each broadcast and each delivery
	 * @param history keeps messages
	 * @param gaps is told which messages a listener has missed, on the listener's thread
	 */
	public ClusterPubSub(ClusterWire wire, Audience audience, PayloadCodec codec, Executor executor,
			int mailboxCapacity, MessageObserver observer, ClusterHistory history, Consumer<TopicGap> gaps) {
		this.audience = audience;
		this.history = history;
		this.gaps = gaps;
		this.self = wire.self();
		this.limit = wire.payloadLimit();
		this.codec = codec;
		this.executor = executor;
		this.mailboxCapacity = mailboxCapacity;
		this.mailboxBytes = wire.mailboxBytes();
		this.observer = observer;
		this.line = wire.openDirect(FrameKind.TOPIC, this::received);
		history.open(new KeptTopics(), mailboxCapacity, this.mailboxBytes);
		// this node hears of messages of a node without the history, also without a
		// subscriber
		history.patterns().forEach(audience::needs);
	}

	@Override
	public Subscription subscribe(String topic, Consumer<? super TopicMessage> listener) {
		return subscribe(topic, this.executor, listener);
	}

	@Override
	public Subscription subscribe(String topic, Executor executor, Consumer<? super TopicMessage> listener) {
		return subscribe(topic, executor, listener, this.gaps);
	}

	@Override
	public Subscription follow(String topic, Executor executor, HistorySubscription.Listener listener) {
		return subscribe(topic, executor, listener::message, listener::gap);
	}

	private Subscription subscribe(String topic, Executor executor, Consumer<? super TopicMessage> listener,
			Consumer<TopicGap> gaps) {
		Assert.hasLength(topic, "Topic must not be empty");
		Utf8.requireWellFormed("Topic", topic);
		TopicSubscription.Parts parts = new TopicSubscription.Parts(topic, listener,
				new Mailbox(executor, this.mailboxCapacity), new ByteBudget(this.mailboxBytes), this.observer,
				this.dropped, this::unsubscribe);
		LogReader reader = this.history.reader(topic);
		TopicSubscription subscription = (reader != null) ? new LogSubscription(parts, this.history, reader, this, gaps)
				: new TopicSubscription(parts);
		this.registry.add(subscription);
		subscription.announced(this.audience.subscribed(topic), executor);
		subscription.signal();
		return subscription;
	}

	private void unsubscribe(TopicSubscription subscription) {
		if (this.registry.remove(subscription)) {
			this.audience.unsubscribed(subscription.topic());
		}
	}

	@Override
	public <T> Subscription subscribe(String topic, Class<T> type, Consumer<? super T> listener) {
		return subscribe(topic, new PayloadListener<>(type, listener));
	}

	@Override
	public void broadcast(String topic, @Nullable Object payload) {
		broadcast(null, topic, payload);
	}

	@Override
	public void broadcastFrom(Subscription sender, String topic, @Nullable Object payload) {
		broadcast(sender, topic, payload);
	}

	@Override
	public @Nullable MessagePosition publish(String topic, @Nullable Object payload) {
		return broadcast(null, topic, payload);
	}

	private @Nullable MessagePosition broadcast(@Nullable Subscription sender, String topic, @Nullable Object payload) {
		TopicLog log = this.history.log(topic);
		AtomicReference<@Nullable MessagePosition> position = new AtomicReference<>();
		send(topic, payload, this.limit::check, (frame) -> {
			if (log != null) {
				position.set(this.history.publish(log, frame, sender));
			}
			else {
				deliverLocally(topic, frame, sender);
				sendToAudience(topic, frame);
			}
		});
		return position.get();
	}

	private void sendToAudience(String topic, byte[] frame) {
		Predicate<Node> listening = this.audience.of(topic);
		if (listening == null) {
			this.line.send(frame);
		}
		else {
			this.line.send(frame, listening);
		}
	}

	@Override
	public void broadcastLocal(String topic, @Nullable Object payload) {
		broadcastLocally(null, topic, payload);
	}

	@Override
	public void broadcastLocalFrom(Subscription sender, String topic, @Nullable Object payload) {
		broadcastLocally(sender, topic, payload);
	}

	private void broadcastLocally(@Nullable Subscription sender, String topic, @Nullable Object payload) {
		send(topic, payload, (size) -> {
		}, (frame) -> deliverLocally(topic, frame, sender));
	}

	@Override
	public void broadcastTo(Node node, String topic, @Nullable Object payload) {
		if (node.equals(this.self)) {
			broadcastLocal(topic, payload);
		}
		else if (this.history.keeps(topic)) {
			send(topic, payload, this.limit::check, (frame) -> this.history.sendTo(node, frame));
		}
		else {
			send(topic, payload, this.limit::check, (frame) -> this.line.sendTo(node, frame));
		}
	}

	@Override
	public TopicHistory history(String topic) {
		try (LogReader reader = this.history.reader(topic)) {
			return (reader != null) ? new TopicHistory(true,
					reader.last(Integer.MAX_VALUE).stream().map(this::message).toList(), reader.position())
					: new TopicHistory(false, List.of(), HistoryPosition.NOTHING);
		}
	}

	@Override
	public boolean hasHistory(String topic) {
		return this.history.keeps(topic);
	}

	TopicMessage message(KeptMessage kept) {
		return new TopicMessage(kept.node(), FrameCodec.decode(kept.body()), this.codec, kept.sender(),
				kept.position());
	}

	private void send(String topic, @Nullable Object payload, LongConsumer check, Consumer<byte[]> send) {
		this.observer.broadcasting(topic, (headers) -> send.accept(encode(topic, headers, payload, check)));
	}

	private void received(Node sender, ByteBuffer body) {
		TopicFrame frame = FrameCodec.decode(body);
		this.history.unnumbered(frame.topic());
		deliver(sender, frame, this.registry.subscriptions(frame.topic()), null);
	}

	/** Pass each topic of this node with the number of its subscriptions. */
	void forEachTopic(BiConsumer<String, Integer> action) {
		this.registry.topics.forEach((topic, subscriptions) -> action.accept(topic, subscriptions.length));
	}

	/** Return how many topics have subscriptions on this node. */
	public int topics() {
		return this.registry.topics.size();
	}

	/** Return statistics of the topics of this node. */
	public Statistics statistics() {
		return new Statistics(this.dropped.sum(), this.registry.waiting());
	}

	private byte[] encode(String topic, Map<String, String> headers, @Nullable Object payload, LongConsumer check) {
		if (payload instanceof byte[] bytes) {
			return encode(topic, null, PayloadKind.BYTES, headers, bytes, check);
		}
		if (payload instanceof String text) {
			return encode(topic, null, PayloadKind.TEXT, headers, Utf8.encode("Text", text), check);
		}
		if (payload instanceof Broadcast broadcast) {
			return encode(topic, headers, broadcast, check);
		}
		return encode(topic, null, PayloadKind.JSON, headers, this.codec.encode(payload), check);
	}

	private byte[] encode(String topic, Map<String, String> headers, Broadcast broadcast, LongConsumer check) {
		Broadcast.requireShort("Topic", topic);
		if (broadcast.payload() instanceof byte[] bytes) {
			return encode(topic, broadcast.event(), PayloadKind.BYTES, headers, bytes, check);
		}
		byte[] json = this.codec.encode(broadcast.payload());
		Assert.isTrue(json.length > 0 && json[0] == '{', () -> "The payload of broadcast '"
				+ LogText.of(broadcast.event()) + "' is neither binary nor a JSON object");
		return encode(topic, broadcast.event(), PayloadKind.JSON, headers, json, check);
	}

	private static byte[] encode(String topic, @Nullable String event, PayloadKind kind, Map<String, String> headers,
			byte[] payload, LongConsumer check) {
		check.accept(payload.length);
		return FrameCodec.encode(topic, event, kind, headers, payload);
	}

	private void deliverLocally(String topic, byte[] frame, @Nullable Subscription sender) {
		TopicSubscription[] subscriptions = this.registry.subscriptions(topic);
		if (subscriptions.length > 0) {
			deliver(this.self, FrameCodec.decode(FrameKind.body(frame)), subscriptions, sender);
		}
	}

	private void deliver(Node node, TopicFrame frame, TopicSubscription[] subscriptions,
			@Nullable Subscription sender) {
		TopicMessage message = new TopicMessage(node, frame, this.codec, sender);
		for (TopicSubscription subscription : subscriptions) {
			if (subscription != sender) {
				subscription.deliver(message);
			}
		}
	}

	/**
	 * Statistics of the listeners of this node at one moment. Those of the messages
	 * between nodes are {@link ClusterWire#statistics}.
	 *
	 * @param droppedMessages messages lost for a listener whose mailbox was full, since
	 * the node started
	 */
	public record Statistics(long droppedMessages, long waitingMessages) {
	}

	/** The topics as their histories see them. */
	private final class KeptTopics implements HistoryReceiver {

		@Override
		public String topic(ByteBuffer body) {
			// the whole frame is read, so that what is kept can be read later
			return FrameCodec.decode(body).topic();
		}

		@Override
		public void changed(String topic) {
			for (TopicSubscription subscription : ClusterPubSub.this.registry.subscriptions(topic)) {
				subscription.signal();
			}
		}

		@Override
		public void deliver(Node sender, ByteBuffer body) {
			TopicFrame frame = FrameCodec.decode(body);
			ClusterPubSub.this.deliver(sender, frame, ClusterPubSub.this.registry.subscriptions(frame.topic()), null);
		}

	}

	/**
	 * Holds the subscriptions of this node by topic. Each topic has an array that is
	 * replaced on each change, so that delivery takes no lock. Thread-safe.
	 */
	static final class TopicRegistry {

		private static final TopicSubscription[] NONE = {};

		private final ConcurrentMap<String, TopicSubscription[]> topics = new ConcurrentHashMap<>();

		TopicSubscription[] subscriptions(String topic) {
			return this.topics.getOrDefault(topic, NONE);
		}

		long waiting() {
			return this.topics.values().stream().flatMap(Arrays::stream).mapToLong(TopicSubscription::waiting).sum();
		}

		void add(TopicSubscription subscription) {
			this.topics.merge(subscription.topic(), new TopicSubscription[] { subscription },
					(present, added) -> ObjectUtils.addObjectToArray(present, subscription));
		}

		boolean remove(TopicSubscription subscription) {
			boolean[] found = new boolean[1];
			this.topics.computeIfPresent(subscription.topic(), (topic, present) -> {
				found[0] = Arrays.asList(present).contains(subscription);
				return without(present, subscription);
			});
			return found[0];
		}

		@SuppressWarnings("NullAway")
		private static TopicSubscription[] without(TopicSubscription[] present, TopicSubscription subscription) {
			TopicSubscription[] rest = Arrays.stream(present)
				.filter((other) -> other != subscription)
				.toArray(TopicSubscription[]::new);
			return (rest.length > 0) ? rest : null;
		}

	}

}
