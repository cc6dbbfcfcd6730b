package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Version 2.0.0, text frames: {@code [join_ref, ref, topic, event, payload]}, without
 * whitespace between the parts, because some clients cut at commas. Payloads are spliced
 * as they are, in both directions.
 */
final class V2JsonSerializer implements SocketSerializer {

	private static final JsonMapper mapper = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final JsonNode REPLY = StringNode.valueOf("phx_reply");

	@Override
	public SocketMessage decode(ByteBuffer text) {
		byte[] bytes = text.array();
		int offset = text.arrayOffset() + text.position();
		try (JsonParser parser = mapper.createParser(bytes, offset, text.remaining())) {
			require(parser.nextToken() == JsonToken.START_ARRAY, "Message is not an array");
			JsonNode joinRef = nextValue(parser);
			JsonNode ref = nextValue(parser);
			JsonNode topic = nextValue(parser);
			JsonNode event = nextValue(parser);
			ByteBuffer payload = nextSlice(parser, bytes, offset);
			// Phoenix reads what comes after the fifth element and ignores it
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				parser.skipChildren();
			}
			require(parser.nextToken() == null, "Message goes on after its end");
			return new SocketMessage(joinRef, ref, topic, event, payload);
		}
		catch (JacksonException ex) {
			throw new MalformedMessageException("Message is not JSON", ex);
		}
	}

	@Override
	public SocketFrame encode(SocketMessage message) {
		return frame(message.joinRef(), message.ref(), message.topic(), message.event()).append(message.payload())
			.append(']')
			.toFrame();
	}

	@Override
	public SocketFrame encode(SocketReply reply) {
		return frame(reply.joinRef(), reply.ref(), reply.topic(), REPLY).append("{\"response\":")
			.append(reply.response())
			.append(",\"status\":\"")
			.append(reply.status().toString())
			.append("\"}]")
			.toFrame();
	}

	@Override
	public SocketFrame encode(SocketBroadcast broadcast) {
		return frame(NullNode.instance, NullNode.instance, StringNode.valueOf(broadcast.topic()),
				StringNode.valueOf(broadcast.event()))
			.append(broadcast.payload())
			.append(']')
			.toFrame();
	}

	private static JsonText frame(JsonNode joinRef, JsonNode ref, JsonNode topic, JsonNode event) {
		return new JsonText().append('[')
			.append(joinRef)
			.append(',')
			.append(ref)
			.append(',')
			.append(topic)
			.append(',')
			.append(event)
			.append(',');
	}

	private static JsonNode nextValue(JsonParser parser) {
		JsonToken token = parser.nextToken();
		require(token != null && token != JsonToken.END_ARRAY, "Message has fewer than five elements");
		return switch (token) {
			case VALUE_STRING -> StringNode.valueOf(parser.getString());
			case VALUE_NULL -> NullNode.instance;
			default -> mapper.readTree(parser);
		};
	}

	private static ByteBuffer nextSlice(JsonParser parser, byte[] bytes, int offset) {
		JsonToken token = parser.nextToken();
		require(token != null && token != JsonToken.END_ARRAY, "Message has fewer than five elements");
		int start = (int) parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		int end = (int) parser.currentLocation().getByteOffset();
		return ByteBuffer.wrap(bytes, offset + start, end - start).slice();
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new MalformedMessageException(message, null);
		}
	}

}
