package io.clusterspring.presence;

import java.util.Map;
import java.util.Objects;

import io.clusterspring.Node;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Reply;

/**
 * The presence channel of the recorded application.
 */
final class RecordedRoom implements ChannelHandler {

	private final Node node;

	private final Presence presence;

	RecordedRoom(Node node, Presence presence) {
		this.node = node;
		this.presence = presence;
	}

	@Override
	public Reply onJoin(Channel channel, ChannelPayload payload) {
		Map<?, ?> joined = map(payload);
		channel.attributes().put("user", Objects.requireNonNullElse((String) joined.get("user"), ""));
		String status = Objects.requireNonNullElse((String) joined.get("status"), "online");
		this.presence.track(channel, user(channel), meta(status));
		return Reply.ok();
	}

	@Override
	public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
		if (event.equals("untrack")) {
			this.presence.untrack(channel, user(channel));
		}
		else {
			this.presence.update(channel, user(channel), meta((String) map(payload).get("status")));
		}
		return Reply.ok();
	}

	private Map<String, String> meta(String status) {
		return Map.of("node", this.node.toString(), "status", status);
	}

	private static String user(Channel channel) {
		return (String) channel.attributes().get("user");
	}

	private static Map<?, ?> map(ChannelPayload payload) {
		return Objects.requireNonNull(payload.as(Map.class));
	}

}
