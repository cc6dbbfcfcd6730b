package io.clusterspring.pubsub;

import java.nio.charset.StandardCharsets;

import org.springframework.util.Assert;

/**
 * A payload meant for the sockets that have joined a topic: they get it as a push of the
 * event. As in Phoenix's version 2 wire format, the payload must encode to a JSON object,
 * or be a {@code byte[]}, which travels as it is; then topic and event may have no more
 * than 255 bytes.
 *
 * @param event the event the clients see
 * @param payload the payload
 */
public record Broadcast(String event, Object payload) {

	private static final int MAX_STRING = 255;

	public Broadcast {
		Assert.hasLength(event, "A broadcast needs an event");
	}

	/**
	 * Make sure that a client can be told: in a binary message the strings have lengths
	 * of one byte.
	 * @param topic the topic
	 */
	void requireShort(String topic) {
		for (String text : new String[] { topic, this.event }) {
			Assert.isTrue(text.getBytes(StandardCharsets.UTF_8).length <= MAX_STRING,
					() -> "'" + text + "' has more than 255 bytes, which a binary broadcast cannot take along");
		}
	}

}
