package io.clusterspring.actuate;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.util.Assert;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

import io.clusterspring.channel.ChannelPayloads;
import io.clusterspring.channel.protocol.JsonSlices;
import io.clusterspring.channel.protocol.MalformedMessageException;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.http.NotJson;
import io.clusterspring.http.TopicNames;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * Sends an event to the members of a topic on all nodes. The payload is the text of a
 * JSON object, and is sent as it was given.
 */
record BroadcastAction(PubSub pubSub, PayloadCodec codec) implements DirectAction {

	@Override
	public String name() {
		return "topics/broadcast";
	}

	@Override
	public Set<String> parameters() {
		return Set.of("topic", "event", "payload");
	}

	@Override
	public Map<String, Object> act(Map<String, String> parameters) {
		String topic = String.valueOf(parameters.get("topic"));
		String event = String.valueOf(parameters.get("event"));
		TopicNames.requireTopic(topic);
		TopicNames.requireEvent(event);
		ByteBuffer payload = payload(Utf8.encode("payload", String.valueOf(parameters.get("payload"))));
		int bytes = payload.remaining();
		this.pubSub.broadcast(topic,
				ChannelPayloads.broadcast(event, ChannelPayloads.received(SocketPayload.json(payload), this.codec)));
		Map<String, Object> done = new LinkedHashMap<>();
		done.put("topic", LogText.of(topic));
		done.put("bytes", bytes);
		return done;
	}

	private static ByteBuffer payload(byte[] text) {
		try (JsonSlices json = new JsonSlices(ByteBuffer.wrap(text))) {
			Assert.isTrue(json.parser().nextToken() == JsonToken.START_OBJECT,
					"payload must be the text of a JSON object such as {\"text\": \"hello\"}");
			ByteBuffer payload = json.slice();
			json.end();
			return payload;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("payload is not JSON: " + NotJson.describe(ex), ex);
		}
		catch (MalformedMessageException ex) {
			throw new IllegalArgumentException("payload is not as expected: " + ex.getMessage(), ex);
		}
	}

}
