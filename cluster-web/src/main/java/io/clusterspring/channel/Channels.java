package io.clusterspring.channel;

import io.clusterspring.pubsub.TopicHistory;

/**
 * Sends to the members of topics from anywhere in the application: Phoenix's
 * {@code Endpoint.broadcast/3}. All methods are thread-safe and do not block.
 */
public interface Channels {

	/**
	 * Send an event to all members of a topic on all nodes.
	 * @param topic the topic
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcast(String topic, String event, Object payload);

	/**
	 * Send an event to all members of a topic on all nodes, except those of one socket:
	 * Phoenix's {@code Endpoint.broadcast_from/4}. A socket has at most one channel on a
	 * topic.
	 * @param sender a channel of the socket that does not receive it, on this or any
	 * other topic
	 * @param topic the topic
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded, or the channel
	 * was not created by the server
	 */
	void broadcastFrom(Channel sender, String topic, String event, Object payload);

	/**
	 * Send an event to all members of a topic on this node: Phoenix's
	 * {@code Endpoint.local_broadcast/3}.
	 * @param topic the topic
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastLocal(String topic, String event, Object payload);

	/**
	 * Send an event to all members of a topic on this node, except those of one socket:
	 * Phoenix's {@code Endpoint.local_broadcast_from/4}.
	 * @param sender a channel of the socket that does not receive it, on this or any
	 * other topic
	 * @param topic the topic
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded, or the channel
	 * was not created by the server
	 */
	void broadcastLocalFrom(Channel sender, String topic, String event, Object payload);

	/**
	 * Return the messages of a topic that this node keeps, see {@code cluster.history}.
	 * Their broadcasts have an event; a handler that intercepts it is not asked.
	 * @param topic the topic
	 * @return the messages of this moment, none if the topic has no history
	 */
	TopicHistory history(String topic);

	/**
	 * Close all sockets with an id, on all nodes, with close code 1001. The clients get
	 * no message before. phoenix.js connects again; the {@link SocketAuthorizer} must
	 * refuse it then. A client that is connecting at the moment is disconnected as well,
	 * unless its request arrives after this call.
	 * @param socketId the id that a {@link SocketAuthorizer} gave to the sockets
	 */
	void disconnect(String socketId);

	/**
	 * Close all sockets of a user, on all nodes, in the same way as {@link #disconnect}.
	 * @param user the name of the user: of the one that a {@link SocketAuthorizer} has
	 * set, otherwise of the user of the HTTP request
	 */
	void disconnectUser(String user);

}
