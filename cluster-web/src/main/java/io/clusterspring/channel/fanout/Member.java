package io.clusterspring.channel.fanout;

import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicMessage;

/**
 * A member of a topic on this node: the channel of one client, as the fan-out sees it.
 */
public interface Member extends Subscription {

	/** Return the handler, which may intercept broadcasts. */
	ChannelHandler handler();

	/** Return the serializer of the client's version of the protocol. */
	SocketSerializer serializer();

	/**
	 * Return the join reference of pushes and replies.
	 * @return the reference of Phoenix's channel
	 */
	JsonNode joinRef();

	/**
	 * Return whether the client can receive a payload. If not, the loss is counted and
	 * logged.
	 * @param what the event of the payload
	 * @return {@code false} if the payload is binary, and the client's version or
	 * transport does not support that
	 */
	boolean takes(SocketPayload payload, String what);

	/** Encode a push to the client. */
	SocketFrame frame(String event, SocketPayload payload);

	/** Send a frame to the client, after the reply to the join. */
	void deliver(SocketFrame frame);

	/** Deliver a frame after the broadcasts that wait for the members now. */
	void deliverInOrder(SocketFrame frame);

	/** Return how the client follows the history of the topic. */
	Follower followed();

	/**
	 * Pass a message to the handler instead of the client.
	 * @param message a broadcast or a plain payload
	 */
	void intercept(TopicMessage message);

	/**
	 * Close the socket of a client that missed a message, so that it connects again
	 * instead of continuing without it.
	 * @param failure the cause
	 */
	void deliveryFailed(Throwable failure);

}
