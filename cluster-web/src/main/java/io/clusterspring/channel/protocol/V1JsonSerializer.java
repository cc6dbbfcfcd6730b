package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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

	static final V1JsonSerializer INSTANCE = new V1JsonSerializer();

	@Override
	public SocketMessage decode(ByteBuffer text) {
		try (JsonSlices json = new JsonSlices(text)) {
			return new Reader().read(json);
		}
		catch (JacksonException ex) {
			throw new MalformedMessageException("Message is not JSON", ex);
		}
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
			.append(",\"status\":")
			.append(reply.status().json())
			.append('}');
		return end(text, reply.ref(), reply.topic());
	}

	@Override
	public SocketFrame encode(SocketBroadcast broadcast) {
		return push(StringNode.valueOf(broadcast.event()), broadcast.payload(), JsonText.orNull(broadcast.ref()),
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

	/**
	 * Reads one message of version 1.0.0. As in Phoenix, keys may have any order, the
	 * last one of equal keys counts, and unknown keys are ignored.
	 */
	private static final class Reader {

		private static final Set<String> KEYS = Set.of("topic", "event", "ref", "join_ref");

		private final Map<String, JsonNode> values = new HashMap<>(8);

		private @Nullable ByteBuffer payload;

		SocketMessage read(JsonSlices json) {
			JsonParser parser = json.parser();
			JsonSlices.require(parser.nextToken() == JsonToken.START_OBJECT, "Message is not an object");
			while (parser.nextToken() != JsonToken.END_OBJECT) {
				String key = parser.currentName();
				parser.nextToken();
				readValue(key, json);
			}
			json.end();
			return message();
		}

		private void readValue(String key, JsonSlices json) {
			if (key.equals("payload")) {
				this.payload = json.slice();
			}
			else if (KEYS.contains(key)) {
				this.values.put(key, json.value());
			}
			else {
				json.parser().skipChildren();
			}
		}

		private SocketMessage message() {
			if (this.payload == null) {
				throw new MalformedMessageException("Message lacks its payload", null);
			}
			return new SocketMessage(this.values.getOrDefault("join_ref", NullNode.instance), get("ref"), get("topic"),
					get("event"), SocketPayload.json(this.payload));
		}

		private JsonNode get(String key) {
			JsonNode value = this.values.get(key);
			if (value == null) {
				throw new MalformedMessageException("Message lacks its " + key, null);
			}
			return value;
		}

	}

}
