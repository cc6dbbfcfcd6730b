package io.clusterspring.pubsub;

import org.springframework.util.Assert;

import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * A payload meant for the sockets that have joined a topic: they get it as a push of the
 * event. As in Phoenix's version 2 wire format, the payload must encode to a JSON object,
 * or be a {@code byte[]}, which travels as it is. Topic and event may have no more than
 * {@value #MAX_NAME} bytes in UTF-8, since in a binary message their lengths have a byte
 * each; no client can have joined a longer topic.
 *
 * @param event the event the clients see
 * @param payload the payload
 */
public record Broadcast(String event, Object payload) {

	/**
	 * How many bytes the name of a topic or event may have that clients are told.
	 */
	public static final int MAX_NAME = 255;

	public Broadcast {
		Assert.hasLength(event, "A broadcast needs an event");
		requireShort("Event", event);
	}

	/**
	 * Make sure that clients can be told a name.
	 * @param what what it names
	 * @param name the name
	 * @throws IllegalArgumentException if it has more than {@value #MAX_NAME} bytes, or
	 * is not well-formed
	 */
	public static void requireShort(String what, String name) {
		Utf8.requireWellFormed(what, name);
		Assert.isTrue(Utf8.length(name) <= MAX_NAME,
				() -> what + " '" + LogText.of(name) + "' has more than " + MAX_NAME + " bytes, too many for clients");
	}

}
