package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.interest.InterestSettings;
import io.clusterspring.interest.Interests;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

import static org.awaitility.Awaitility.await;

/**
 * Nodes with topics, over any transport.
 */
final class PubSubNodes implements AutoCloseable {

	static final Node N1 = Node.of("n1@127.0.0.1");

	static final Node N2 = Node.of("n2@127.0.0.1");

	static final Node N3 = Node.of("n3@127.0.0.1");

	static final PayloadCodec CODEC = new JacksonPayloadCodec(JsonMapper.shared());

	private static final int MAILBOX_CAPACITY = 100_000;

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final Map<Node, Peer> peers = new LinkedHashMap<>();

	static PubSubNodes start(Function<Node, ClusterTransport> transports, Node... started) {
		return start(transports, List.of(), started);
	}

	static PubSubNodes start(Function<Node, ClusterTransport> transports, List<HistorySettings> histories,
			Node... started) {
		return start(transports, histories, MAILBOX_CAPACITY, started);
	}

	static PubSubNodes start(Function<Node, ClusterTransport> transports, List<HistorySettings> histories, int capacity,
			Node... started) {
		return start(transports, (node) -> histories, capacity, started);
	}

	/** Start nodes with different histories. */
	static PubSubNodes start(Function<Node, ClusterTransport> transports,
			Function<Node, List<HistorySettings>> histories, int capacity, Node... started) {
		PubSubNodes nodes = new PubSubNodes();
		for (Node node : started) {
			Peer peer = new Peer(transports.apply(node), nodes.executor, histories.apply(node), capacity);
			nodes.peers.put(node, peer);
			peer.transport.connect(peer);
		}
		nodes.peers.values().forEach((peer) -> await().until(() -> peer.size == started.length));
		return nodes;
	}

	ClusterPubSub pubSub(Node node) {
		return Objects.requireNonNull(this.peers.get(node)).pubSub;
	}

	ClusterWire wire(Node node) {
		return Objects.requireNonNull(this.peers.get(node)).wire;
	}

	Interests interests(Node node) {
		return Objects.requireNonNull(this.peers.get(node)).interests;
	}

	/** Wait until a node sends no frame for a topic that nobody hears. */
	void awaitRouting(Node publisher, String topic) {
		long before = interests(publisher).statistics().savedFrames();
		await().until(() -> {
			pubSub(publisher).broadcast(topic, "for nobody");
			return interests(publisher).statistics().savedFrames() - before >= 2;
		});
	}

	long topicFrames(Node node) {
		return wire(node).statistics(FrameKind.TOPIC).receivedFrames();
	}

	/** Let a node lose all frames, as one does that is overloaded or frozen. */
	void deaf(Node node, boolean deaf) {
		Objects.requireNonNull(this.peers.get(node)).deaf = deaf;
	}

	ClusterHistory history(Node node) {
		return Objects.requireNonNull(this.peers.get(node)).history;
	}

	@Override
	public void close() {
		this.peers.values().forEach((peer) -> peer.interests.close());
		this.peers.values().forEach((peer) -> peer.transport.disconnect());
		this.peers.values().forEach((peer) -> peer.history.close());
		this.executor.shutdownNow();
	}

	/**
	 * One node.
	 */
	private static final class Peer implements TransportListener {

		private final ClusterTransport transport;

		private final ClusterWire wire;

		private final Interests interests;

		private final ClusterHistory history;

		private final ClusterPubSub pubSub;

		private volatile int size;

		private volatile boolean deaf;

		Peer(ClusterTransport transport, ExecutorService executor, List<HistorySettings> histories, int capacity) {
			this.transport = transport;
			this.wire = new ClusterWire(transport, executor, MAILBOX_CAPACITY);
			this.interests = new Interests(this.wire, InterestSettings.DEFAULT);
			this.history = new ClusterHistory(this.wire, histories);
			this.pubSub = new ClusterPubSub(this.wire, this.interests, CODEC, executor, capacity, MessageObserver.NONE,
					this.history, (gap) -> {
					});
		}

		@Override
		public void viewChanged(ClusterView view) {
			this.wire.viewChanged(view);
			this.interests.viewChanged(view);
			this.history.viewChanged(view);
			this.size = view.nodes().size();
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			if (!this.deaf) {
				this.wire.frameReceived(sender, frame);
			}
		}

	}

}
