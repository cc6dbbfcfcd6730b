package io.clusterspring.http.publish;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import io.clusterspring.channel.protocol.JsonSlices;
import io.clusterspring.channel.protocol.MalformedMessageException;
import io.clusterspring.http.NotJson;
import io.clusterspring.http.TopicNames;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * Reads the body of a request: one message, {@code {"event": ..., "payload": ...}}, or an
 * array of them. Nothing else is accepted. Payloads are not decoded: they are sent as
 * they came.
 */
final class PublishBody {

	private static final byte[] EMPTY = { '{', '}' };

	private final JsonSlices json;

	private final int maxBatch;

	private PublishBody(JsonSlices json, int maxBatch) {
		this.json = json;
		this.maxBatch = maxBatch;
	}

	/**
	 * Read a body.
	 * @param body the body
	 * @param maxBatch the maximum number of messages
	 * @return at least one message
	 * @throws IllegalArgumentException if it is anything else; its message tells the
	 * client what is wrong
	 */
	static List<OutsideMessage> read(byte[] body, int maxBatch) {
		check(Utf8.isValid(body, 0), "The body is not UTF-8");
		try (JsonSlices json = new JsonSlices(ByteBuffer.wrap(body))) {
			List<OutsideMessage> messages = new PublishBody(json, maxBatch).messages();
			json.end();
			return messages;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The body is not JSON: " + NotJson.describe(ex), ex);
		}
		catch (MalformedMessageException ex) {
			throw new IllegalArgumentException("The body is not as expected: " + ex.getMessage(), ex);
		}
	}

	private List<OutsideMessage> messages() {
		JsonToken first = parser().nextToken();
		if (first != JsonToken.START_ARRAY) {
			return List.of(message(first));
		}
		List<OutsideMessage> messages = new ArrayList<>();
		for (JsonToken next = parser().nextToken(); next != JsonToken.END_ARRAY; next = parser().nextToken()) {
			check(messages.size() < this.maxBatch,
					"The body has more than " + this.maxBatch + " messages (cluster.http.publish.max-batch)");
			messages.add(message(next));
		}
		check(!messages.isEmpty(), "The body has no message");
		return messages;
	}

	private OutsideMessage message(@Nullable JsonToken token) {
		check(token == JsonToken.START_OBJECT,
				"A message must be an object such as {\"event\": \"news\", \"payload\": {}}");
		String event = null;
		ByteBuffer payload = null;
		while (parser().nextToken() != JsonToken.END_OBJECT) {
			String member = parser().currentName();
			JsonToken value = parser().nextToken();
			if (member.equals("event") && event == null) {
				check(value == JsonToken.VALUE_STRING, "The event of a message must be a string");
				event = parser().getString();
				TopicNames.requireEvent(event);
			}
			else {
				check(member.equals("payload") && payload == null,
						"A message has 'event' and 'payload', each once, and not '" + LogText.of(member) + "'");
				payload = this.json.slice();
			}
		}
		return message(event, payload);
	}

	private static OutsideMessage message(@Nullable String event, @Nullable ByteBuffer payload) {
		check(event != null || payload != null, "A message needs an event or a payload");
		ByteBuffer given = (payload != null) ? payload : ByteBuffer.wrap(EMPTY);
		check(event == null || given.get(given.position()) == '{',
				"The payload of a message with an event must be an object");
		return new OutsideMessage(event, given);
	}

	private JsonParser parser() {
		return this.json.parser();
	}

	private static void check(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalArgumentException(otherwise);
		}
	}

}
