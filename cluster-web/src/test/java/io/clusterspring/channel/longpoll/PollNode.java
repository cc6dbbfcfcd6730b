package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.server.ChannelParts;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

/**
 * A node with sessions on an in-memory network, without a web server.
 */
final class PollNode implements Cluster, TransportListener {

	// shared by all nodes, because a client may poll any node
	private static final Map<String, LongPollToken> tokens = new ConcurrentHashMap<>();

	final ChannelServer server;

	final PubSub pubSub;

	final ClusterWire wire;

	final LongPollSessions sessions;

	final LongPollRelay relay;

	/** The reasons why channels have ended. */
	final BlockingQueue<LeaveReason> left = new LinkedBlockingQueue<>();

	private final ClusterTransport transport;

	private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

	private volatile boolean stalled;

	private volatile ClusterView view;

	PollNode(LocalNetwork network, Node node, LongPollSettings settings, Executor executor) {
		this.transport = network.transport(node);
		this.view = new ClusterView(0, List.of(node));
		JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.shared());
		this.wire = new ClusterWire(this.transport, executor, 1000);
		ClusterPubSub topics = new ClusterPubSub(this.wire, codec, executor, 1000, MessageObserver.NONE);
		this.pubSub = topics;
		this.server = new ChannelServer(new Revocations(this.wire), topics, codec, executor, executor,
				new ChannelSettings(Set.of("/socket"), 1000, new ClientLimits(10, 1000, 1_000_000, 0, 0, 0)),
				() -> new ChannelParts(List.of(ChannelRoute.of("*", new Echo(this.left))), List.of(), List.of(),
						new UserExpiries(List.of((user) -> Instant.parse(user.getName().substring(6))))));
		this.sessions = new LongPollSessions(settings, executor);
		this.relay = new LongPollRelay(this, this.wire, this.sessions, settings);
		this.transport.connect(this);
	}

	static LongPollSettings settings(int maxSessions, int bufferCapacity, Duration poll, Duration session) {
		return new LongPollSettings(maxSessions, bufferCapacity, 100_000, poll, session);
	}

	/**
	 * Open a session that ends at a moment.
	 */
	LongPollToken open(Instant until) {
		SocketRequest request = new SocketRequest("/socket", "longpoll", Map.of("vsn", List.of("2.0.0")), Map.of(),
				() -> "until " + until, null, null);
		return this.sessions.open(self(), (AcceptedSocket) this.server.connect(request));
	}

	LongPollToken open() {
		SocketRequest request = new SocketRequest("/socket", "longpoll", Map.of("vsn", List.of("2.0.0")), Map.of(),
				null, null, null);
		return this.sessions.open(self(), (AcceptedSocket) this.server.connect(request));
	}

	/**
	 * Poll like phoenix.js, with the token of the last answer of the session.
	 */
	CompletableFuture<PollAnswer> poll(LongPollToken token) {
		LongPollToken latest = tokens.getOrDefault(token.session(), token);
		return this.relay.poll(latest).thenApply((answer) -> {
			tokens.put(token.session(), latest.after(answer));
			return answer;
		});
	}

	PollAnswer pollNow(LongPollToken token) throws Exception {
		return poll(token).get(20, TimeUnit.SECONDS);
	}

	int send(LongPollToken token, String text) throws Exception {
		PollBody body = new PollBody(text.getBytes(StandardCharsets.UTF_8), false);
		return this.relay.send(token, body).get(20, TimeUnit.SECONDS).status();
	}

	void tick() {
		this.sessions.tick();
		this.relay.tick();
	}

	@Override
	public void viewChanged(ClusterView changed) {
		this.view = changed;
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		if (this.stalled) {
			this.held.add(() -> this.wire.frameReceived(sender, frame));
		}
		else {
			this.wire.frameReceived(sender, frame);
		}
	}

	/**
	 * Read no frames until {@link #goOn()}, as a node on a busy machine.
	 */
	void stall() {
		this.stalled = true;
	}

	void goOn() {
		this.stalled = false;
		while (!this.held.isEmpty()) {
			this.held.remove().run();
		}
	}

	@Override
	public String name() {
		return "poll";
	}

	@Override
	public Node self() {
		return this.transport.self();
	}

	@Override
	public ClusterView view() {
		return this.view;
	}

	private record Echo(BlockingQueue<LeaveReason> left) implements ChannelHandler {

		@Override
		public void onLeave(Channel channel, LeaveReason reason) {
			this.left.add(reason);
		}

		@Override
		public Reply onJoin(Channel channel, ChannelPayload payload) {
			return Reply.ok();
		}

		@Override
		public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
			return Reply.ok(payload);
		}

	}

}
