package io.clusterspring.channel.fanout;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.pubsub.Broadcast;

/**
 * An event to push to several clients of a topic, such as a large state. It is encoded
 * once for all clients with the same version of the protocol and the same join reference.
 * Unlike {@link Channel#push}, it does not overtake earlier broadcasts on the topic.
 * Thread-safe.
 */
public final class SharedPush {

	private static final int MAX_FRAMES = 32;

	private final String event;

	private final SocketPayload payload;

	private final Map<FrameKey, SocketFrame> frames = new ConcurrentHashMap<>();

	/**
	 * Create a push.
	 * @param json the payload: a JSON object in UTF-8; must not be changed afterwards
	 */
	public SharedPush(String event, byte[] json) {
		Broadcast.requireShort("Event", event);
		this.event = event;
		this.payload = SocketPayload.json(ByteBuffer.wrap(json));
		Assert.isTrue(this.payload.isObject(), () -> "The payload of push '" + event + "' is not a JSON object");
	}

	/**
	 * Push the event to a client. Nothing happens if the channel has ended.
	 * @throws IllegalArgumentException if the channel was not created by the server
	 */
	public void to(Channel channel) {
		Assert.isInstanceOf(Member.class, channel);
		Member member = (Member) channel;
		member.deliverInOrder(frame(member));
	}

	private SocketFrame frame(Member member) {
		FrameKey key = new FrameKey(member.serializer(), member.topic(), member.joinRef());
		SocketFrame known = this.frames.get(key);
		if (known != null) {
			return known;
		}
		SocketFrame frame = member.frame(this.event, this.payload);
		if (this.frames.size() < MAX_FRAMES) {
			this.frames.put(key, frame);
		}
		return frame;
	}

	/** Channels with equal keys get the same frame. */
	private record FrameKey(SocketSerializer serializer, String topic, JsonNode joinRef) {
	}

}
