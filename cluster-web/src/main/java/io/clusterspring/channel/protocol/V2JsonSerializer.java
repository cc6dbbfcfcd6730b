package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Version 2.0.0: {@code [join_ref, ref, topic, event, payload]}. There is no whitespace
 * between the elements, because some clients split at commas. Payloads are copied without
 * decoding, in both directions. A binary payload is sent in a binary message, see
 * {@link V2Binary}.
 */
final class V2JsonSerializer implements SocketSerializer {

	static final V2JsonSerializer INSTANCE = new V2JsonSerializer();

	static final JsonNode REPLY = StringNode.valueOf("phx_reply");

	@Override
	public SocketMessage decode(ByteBuffer text) {
		try (JsonSlices json = new JsonSlices(text)) {
			JsonParser parser = json.parser();
			JsonSlices.require(parser.nextToken() == JsonToken.START_ARRAY, "Message is not an array");
			JsonNode joinRef = next(json).value();
			JsonNode ref = next(json).value();
			JsonNode topic = next(json).value();
			JsonNode event = next(json).value();
			ByteBuffer payload = next(json).slice();
			// Phoenix ignores elements after the fifth
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				parser.skipChildren();
			}
			json.end();
			return new SocketMessage(joinRef, ref, topic, event, SocketPayload.json(payload));
		}
		catch (JacksonException ex) {
			throw new MalformedMessageException("Message is not JSON", ex);
		}
	}

	@Override
	public SocketMessage decodeBinary(ByteBuffer bytes) {
		return V2Binary.decode(bytes);
	}

	@Override
	public boolean hasBinary() {
		return true;
	}

	@Override
	public SocketFrame encode(SocketMessage message) {
		return message.payload().binary() ? V2Binary.encode(message)
				: frame(message.payload(), message.joinRef(), message.ref(), message.topic(), message.event())
					.append(message.payload().content())
					.append(']')
					.toFrame();
	}

	@Override
	public SocketFrame encode(SocketReply reply) {
		return reply.response().binary() ? V2Binary.encode(reply)
				: frame(reply.response(), reply.joinRef(), reply.ref(), reply.topic(), REPLY).append("{\"response\":")
					.append(reply.response().content())
					.append(",\"status\":")
					.append(reply.status().json())
					.append("}]")
					.toFrame();
	}

	@Override
	public SocketFrame encode(SocketBroadcast broadcast) {
		return broadcast.payload().binary() ? V2Binary.encode(broadcast)
				: frame(broadcast.payload(), NullNode.instance, JsonText.orNull(broadcast.ref()),
						StringNode.valueOf(broadcast.topic()), StringNode.valueOf(broadcast.event()))
					.append(broadcast.payload().content())
					.append(']')
					.toFrame();
	}

	private static JsonText frame(SocketPayload payload, JsonNode joinRef, JsonNode ref, JsonNode topic,
			JsonNode event) {
		return new JsonText(payload.content().remaining()).append('[')
			.append(joinRef)
			.append(',')
			.append(ref)
			.append(',')
			.append(topic)
			.append(',')
			.append(event)
			.append(',');
	}

	private static JsonSlices next(JsonSlices json) {
		JsonToken token = json.parser().nextToken();
		JsonSlices.require(token != null && token != JsonToken.END_ARRAY, "Message has fewer than five elements");
		return json;
	}

}
