package io.clusterspring.http;

import java.util.Set;

import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.text.LogText;

/**
 * Checks names that come from outside the cluster. Besides the bounds of channels, they
 * have no control characters, and those of the protocol are not free: a program that may
 * publish must not be able to close the channels of others or forge their presence.
 */
public final class TopicNames {

	/** The topic of the protocol itself: heartbeats, and the end of a right. */
	private static final String PROTOCOL_TOPIC = "phoenix";

	private static final String PROTOCOL_EVENTS = "phx_";

	private static final Set<String> RESERVED_EVENTS = Set.of("$history", "presence_state", "presence_diff");

	private TopicNames() {
	}

	/**
	 * Check a topic.
	 * @param topic the topic
	 * @throws IllegalArgumentException if it cannot be used
	 */
	public static void requireTopic(String topic) {
		require("Topic", topic);
		if (topic.equals(PROTOCOL_TOPIC)) {
			throw new IllegalArgumentException("Topic '" + topic + "' is reserved");
		}
	}

	/**
	 * Check an event.
	 * @param event the event
	 * @throws IllegalArgumentException if it cannot be used
	 */
	public static void requireEvent(String event) {
		require("Event", event);
		if (event.startsWith(PROTOCOL_EVENTS) || RESERVED_EVENTS.contains(event)) {
			throw new IllegalArgumentException("Event '" + LogText.of(event) + "' is reserved");
		}
	}

	private static void require(String what, String name) {
		if (name.isEmpty()) {
			throw new IllegalArgumentException(what + " is empty");
		}
		Broadcast.requireShort(what, name);
		if (name.codePoints().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException(what + " '" + LogText.of(name) + "' has a control character");
		}
	}

}
