package io.clusterspring.pubsub;

import org.springframework.util.Assert;

/**
 * A payload meant for the sockets that have joined a topic: they get it as a push of the
 * event. As in Phoenix's version 2 wire format, the payload must encode to a JSON object.
 *
 * @param event the event the clients see
 * @param payload the payload, encoded as JSON
 */
public record Broadcast(String event, Object payload) {

	public Broadcast {
		Assert.hasLength(event, "A broadcast needs an event");
	}

}
