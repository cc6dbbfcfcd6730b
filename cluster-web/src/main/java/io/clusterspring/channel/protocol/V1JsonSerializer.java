package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.text.Utf8;

/**
 * Version 1.0.0: an object with {@code topic}, {@code event}, {@code payload} and
 * {@code ref}. Clients may send a {@code join_ref}, but never get one. Binary payloads
 * are not supported; a binary message is read as text.
 */
final class V1JsonSerializer implements SocketSerializer {

	@Override
	public SocketMessage decode(ByteBuffer text) {
		return V1JsonReader.read(text);
	}

	@Override
	public SocketMessage decodeBinary(ByteBuffer bytes) {
		try {
			// a text message has been checked by the transport
			Utf8.decode(bytes);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("Message is not UTF-8", ex);
		}
		return decode(bytes);
	}

	@Override
	public boolean hasBinary() {
		return false;
	}

	@Override
	public SocketFrame encode(SocketMessage message) {
		return push(message.event(), message.payload(), message.ref(), message.topic());
	}

	@Override
	public SocketFrame encode(SocketReply reply) {
		JsonText text = new JsonText().append("{\"event\":\"phx_reply\",\"payload\":{\"response\":")
			.append(json(reply.response()))
			.append(",\"status\":\"")
			.append(reply.status().toString())
			.append("\"}");
		return end(text, reply.ref(), reply.topic());
	}

	@Override
	public SocketFrame encode(SocketBroadcast broadcast) {
		return push(StringNode.valueOf(broadcast.event()), broadcast.payload(), NullNode.instance,
				StringNode.valueOf(broadcast.topic()));
	}

	private static SocketFrame push(JsonNode event, SocketPayload payload, JsonNode ref, JsonNode topic) {
		JsonText text = new JsonText().append("{\"event\":")
			.append(event)
			.append(",\"payload\":")
			.append(json(payload));
		return end(text, ref, topic);
	}

	private static SocketFrame end(JsonText text, JsonNode ref, JsonNode topic) {
		return text.append(",\"ref\":").append(ref).append(",\"topic\":").append(topic).append('}').toFrame();
	}

	private static ByteBuffer json(SocketPayload payload) {
		Assert.isTrue(!payload.binary(), "Version 1.0 has no binary payloads");
		return payload.content();
	}

}
