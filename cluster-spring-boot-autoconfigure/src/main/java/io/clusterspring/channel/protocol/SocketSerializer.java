package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

/**
 * One version of the wire format: Phoenix's {@code Phoenix.Socket.Serializer}.
 * Implementations are stateless and thread-safe.
 */
public interface SocketSerializer {

	/**
	 * Read a text message of a client.
	 * @param text the message in UTF-8; its content is shared, not copied
	 * @return the message
	 * @throws MalformedMessageException if it is none
	 */
	SocketMessage decode(ByteBuffer text);

	/**
	 * Write a push to one client.
	 * @param message the message
	 * @return the frame
	 */
	SocketFrame encode(SocketMessage message);

	/**
	 * Write a reply.
	 * @param reply the reply
	 * @return the frame
	 */
	SocketFrame encode(SocketReply reply);

	/**
	 * Write a broadcast, once for all sockets that speak this version: Phoenix's
	 * fastlane.
	 * @param broadcast the broadcast
	 * @return the frame
	 */
	SocketFrame encode(SocketBroadcast broadcast);

}
