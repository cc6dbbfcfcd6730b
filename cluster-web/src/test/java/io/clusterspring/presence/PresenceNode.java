package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.server.ChannelParts;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

/**
 * A node with presence and channels, over any transport. A client that joins
 * {@code room:...} is tracked with the user in the join payload; without a user it only
 * watches.
 */
final class PresenceNode implements TransportListener, ChannelHandler, AutoCloseable {

	static final PayloadCodec CODEC = new JacksonPayloadCodec(JsonMapper.shared());

	static final PresenceLimits LIMITS = new PresenceLimits(Duration.ofMillis(100), Duration.ofMillis(5),
			Duration.ofMillis(20), 65536, 64 * 1024);

	final Node node;

	final ClusterTransport transport;

	final ClusterWire wire;

	final ClusterPubSub pubSub;

	final ClusterPresence presence;

	final ChannelServer channels;

	final List<PresenceChange> changes = new CopyOnWriteArrayList<>();

	volatile @Nullable PresenceFetcher fetcher;

	volatile @Nullable Channel last;

	PresenceNode(ClusterTransport transport, Executor executor, PresenceLimits limits) {
		this(transport, executor, executor, limits);
	}

	PresenceNode(ClusterTransport transport, Executor executor, Executor deliveries, PresenceLimits limits) {
		this.node = transport.self();
		this.transport = transport;
		this.wire = new ClusterWire(transport, deliveries, 65536);
		this.pubSub = new ClusterPubSub(this.wire, CODEC, executor, 65536, MessageObserver.NONE);
		this.presence = new ClusterPresence(this.wire, this.pubSub, CODEC, executor, deliveries, limits,
				List.of("secret:*"), () -> this.fetcher, this.changes::add);
		List<ChannelRoute> routes = List.of(ChannelRoute.of("room:{room}", this),
				ChannelRoute.of("secret:{room}", this),
				ChannelRoute.of("presence:{name}", new RecordedRoom(this.node, this.presence)));
		ClientLimits clients = new ClientLimits(100, 65536, 1_000_000, 0, 0, 0);
		this.channels = new ChannelServer(new Revocations(this.wire), this.pubSub, CODEC, executor, deliveries,
				new ChannelSettings(Set.of("/socket"), 1000, clients),
				() -> new ChannelParts(routes, List.of(), List.of(), UserExpiries.NONE));
		transport.connect(this);
	}

	@Override
	public void viewChanged(ClusterView view) {
		this.presence.viewChanged(view);
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		this.wire.frameReceived(sender, frame);
	}

	@Override
	public Reply onJoin(Channel channel, ChannelPayload payload) {
		String user = user(payload);
		this.last = channel;
		if (user == null) {
			this.presence.show(channel);
		}
		else {
			channel.attributes().put("user", user);
			this.presence.track(channel, user, Map.of("status", "online"));
		}
		return "refused".equals(user) ? Reply.refuse("no") : Reply.ok();
	}

	@Override
	public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
		String user = Objects.requireNonNullElse(user(payload), (String) channel.attributes().get("user"));
		if (event.equals("untrack")) {
			this.presence.untrack(channel, user);
		}
		else {
			this.presence.update(channel, user, Map.of("status", event));
		}
		return Reply.ok();
	}

	private static @Nullable String user(ChannelPayload payload) {
		return (String) Objects.requireNonNull(payload.as(Map.class)).get("user");
	}

	PresenceClient connect() {
		PresenceClient client = new PresenceClient();
		client.open(open("2.0.0", client));
		return client;
	}

	SocketSession open(String vsn, SocketConnection connection) {
		SocketRequest request = new SocketRequest("/socket", "memory", Map.of("vsn", List.of(vsn)), Map.of(), null,
				null, null);
		return ((AcceptedSocket) this.channels.connect(request)).open(connection);
	}

	/**
	 * Return the keys of a topic with their metas.
	 */
	Map<String, List<String>> listed(String topic) {
		Map<String, List<String>> listed = new TreeMap<>();
		this.presence.list(topic)
			.forEach((key, entry) -> listed.put(key,
					new ArrayList<>(entry.metas().stream().map(PresenceMeta::toString).toList())));
		return listed;
	}

	@Override
	public void close() {
		this.presence.close();
		this.transport.disconnect();
	}

}
