package io.clusterspring.failure;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.TransportListener;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.server.ChannelParts;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.presence.PresenceLimits;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

/**
 * The presence of a node, with a client that records when it learns of each key.
 */
final class PresenceWatch implements ChannelHandler, SocketConnection {

	private static final String TOPIC = "room:presence";

	private final ClusterPresence presence;

	private final ChannelServer channels;

	private final Consumer<Object[]> told;

	PresenceWatch(ClusterWire wire, PubSub pubSub, Executor executor, Consumer<Object[]> told) {
		JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.shared());
		this.presence = new ClusterPresence(wire, pubSub, codec, executor, executor, PresenceLimits.DEFAULT, List.of(),
				() -> null, (change) -> {
				});
		ClientLimits clients = new ClientLimits(100, 65536, 1_000_000, 0, 0, 0);
		this.channels = new ChannelServer(new Revocations(wire), pubSub, codec, executor, executor,
				new ChannelSettings(Set.of("/socket"), 1000, clients),
				() -> new ChannelParts(List.of(ChannelRoute.of(TOPIC, this)), List.of(), List.of(), UserExpiries.NONE));
		this.told = told;
	}

	TransportListener listener() {
		return this.presence;
	}

	void watch() {
		SocketRequest request = new SocketRequest("/socket", "memory", Map.of("vsn", List.of("2.0.0")), Map.of(), null,
				null, null);
		SocketSession session = ((AcceptedSocket) this.channels.connect(request)).open(this);
		session.received(ByteBuffer.wrap(("[\"1\",\"1\",\"" + TOPIC + "\",\"phx_join\",{}]").getBytes()));
	}

	void track(String key) {
		this.presence.track(this, TOPIC, key, Map.of("status", "online"));
	}

	String list() {
		return String.join(",", new TreeSet<>(this.presence.list(TOPIC).keySet()));
	}

	@Override
	public Reply onJoin(Channel channel, ChannelPayload payload) {
		this.presence.show(channel);
		return Reply.ok();
	}

	@Override
	public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
		return Reply.none();
	}

	@Override
	public String id() {
		return "watch";
	}

	@Override
	public void send(SocketFrame frame) {
		long now = System.currentTimeMillis();
		for (SocketFrame.Message message : frame.messages()) {
			JsonNode text = JsonMapper.shared().readTree(message.text());
			switch (text.get(3).stringValue()) {
				case "presence_state" -> this.told.accept(new Object[] { "watching", now });
				case "presence_diff" -> tell(text.get(4), now);
				default -> {
				}
			}
		}
	}

	private void tell(JsonNode diff, long now) {
		diff.get("joins").propertyNames().forEach((key) -> this.told.accept(new Object[] { "joined", key, now }));
		diff.get("leaves").propertyNames().forEach((key) -> this.told.accept(new Object[] { "left", key, now }));
	}

	@Override
	public void close(int code) {
	}

}
