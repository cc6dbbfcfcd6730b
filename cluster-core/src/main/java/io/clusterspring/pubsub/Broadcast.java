package io.clusterspring.pubsub;

import org.springframework.util.Assert;

import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * A payload for the clients that have joined a topic, which receive it as a push of the
 * event. As in Phoenix's version 2 wire format, the payload must encode to a JSON object,
 * or be a {@code byte[]}, which is sent unchanged. Topic and event are limited to
 * {@value #MAX_NAME} bytes in UTF-8, because a binary message has one byte for each
 * length.
 */
public record Broadcast(String event, Object payload) {

	/** The largest number of bytes of a topic or event that is sent to clients. */
	public static final int MAX_NAME = 255;

	public Broadcast {
		Assert.hasLength(event, "A broadcast needs an event");
		requireShort("Event", event);
	}

	/**
	 * Check that a name can be sent to clients.
	 * @param what the kind of the name, for the message of the exception
	 * @throws IllegalArgumentException if it has more than {@value #MAX_NAME} bytes, or
	 * is not well-formed
	 */
	public static void requireShort(String what, String name) {
		Utf8.requireWellFormed(what, name);
		Assert.isTrue(Utf8.length(name) <= MAX_NAME, () -> what + " '" + LogText.of(name) + "' has more than "
				+ MAX_NAME + " bytes, which is too " + "long for clients");
	}

}
