package io.clusterspring.channel;

/**
 * Talks to the members of topics from anywhere in the application: Phoenix's
 * {@code Endpoint.broadcast/3}. All methods are thread-safe and do not wait.
 */
public interface Channels {

	/**
	 * Send an event to all members of a topic on all nodes.
	 * @param topic the topic
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or what encodes to a JSON object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcast(String topic, String event, Object payload);

	/**
	 * Send an event to all members of a topic on this node.
	 * @param topic the topic
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or what encodes to a JSON object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastLocal(String topic, String event, Object payload);

	/**
	 * Close all sockets of an id, on all nodes, with code 1001. Clients are told nothing
	 * before; phoenix.js connects again, and it is for the {@link SocketAuthorizer} to
	 * refuse it then.
	 * @param socketId the id, as a {@link SocketAuthorizer} gave it
	 */
	void disconnect(String socketId);

}
