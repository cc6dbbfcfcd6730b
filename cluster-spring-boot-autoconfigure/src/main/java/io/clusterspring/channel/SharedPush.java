package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.pubsub.Broadcast;

/**
 * An event that several clients of a topic are pushed, such as a large state: written
 * once for all that get the same frame, which are those of one version of the protocol
 * and the same reference of the join. It does not overtake what was broadcast on the
 * topic before, as {@link Channel#push} may. Thread-safe.
 */
public final class SharedPush {

	private static final int FORMS = 32;

	private final String event;

	private final SocketPayload payload;

	private final Map<Form, SocketFrame> frames = new ConcurrentHashMap<>();

	/**
	 * Create a push.
	 * @param event the event
	 * @param json the payload, a JSON object in UTF-8 that is not changed afterwards
	 */
	public SharedPush(String event, byte[] json) {
		Broadcast.requireShort("Event", event);
		this.event = event;
		this.payload = SocketPayload.json(ByteBuffer.wrap(json));
		Assert.isTrue(this.payload.isObject(), () -> "The payload of push '" + event + "' is no JSON object");
	}

	/**
	 * Push it to a client. Does nothing if the channel has ended.
	 * @param channel the channel
	 * @throws IllegalArgumentException if the channel is none that a client has joined
	 */
	public void to(Channel channel) {
		Assert.isInstanceOf(JoinedChannel.class, channel);
		JoinedChannel joined = (JoinedChannel) channel;
		joined.deliverInOrder(frame(joined));
	}

	private SocketFrame frame(JoinedChannel channel) {
		Form form = new Form(channel.serializer(), channel.topic(), channel.joinRef());
		SocketFrame known = this.frames.get(form);
		if (known != null) {
			return known;
		}
		SocketFrame frame = channel.push(this.event, this.payload);
		if (this.frames.size() < FORMS) {
			this.frames.put(form, frame);
		}
		return frame;
	}

	/**
	 * What frames differ by.
	 */
	private record Form(SocketSerializer serializer, String topic, JsonNode joinRef) {
	}

}
