package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Reads one message of version 1.0.0. As in Phoenix, keys may have any order, the last
 * one of equal keys counts, and unknown keys are ignored.
 */
final class V1JsonReader {

	private static final Set<String> KEYS = Set.of("topic", "event", "ref", "join_ref");

	private final Map<String, JsonNode> values = new HashMap<>(8);

	private @Nullable ByteBuffer payload;

	private V1JsonReader() {
	}

	static SocketMessage read(ByteBuffer text) {
		try (JsonSlices json = new JsonSlices(text)) {
			V1JsonReader reader = new V1JsonReader();
			reader.readObject(json);
			return reader.message();
		}
		catch (JacksonException ex) {
			throw new MalformedMessageException("Message is not JSON", ex);
		}
	}

	private void readObject(JsonSlices json) {
		JsonParser parser = json.parser();
		JsonSlices.require(parser.nextToken() == JsonToken.START_OBJECT, "Message is not an object");
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String key = parser.currentName();
			parser.nextToken();
			readValue(key, json);
		}
		json.end();
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
