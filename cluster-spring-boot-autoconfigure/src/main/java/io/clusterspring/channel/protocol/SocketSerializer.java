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
	 * Read a binary message of a client.
	 * @param bytes the message; its content is shared, not copied
	 * @return the message
	 * @throws MalformedMessageException if it is none
	 */
	SocketMessage decodeBinary(ByteBuffer bytes);

	/**
	 * Return whether this version has binary payloads. If not, they must not be given to
	 * it.
	 * @return whether it has
	 */
	boolean hasBinary();

	/**
	 * Write a push to one client.
	 * @param message the message
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is binary, and a string that goes
	 * with it has more than 255 bytes
	 */
	SocketFrame encode(SocketMessage message);

	/**
	 * Write a reply.
	 * @param reply the reply
	 * @return the frame
	 * @throws IllegalArgumentException if the response is binary, and a string that goes
	 * with it has more than 255 bytes
	 */
	SocketFrame encode(SocketReply reply);

	/**
	 * Write a broadcast, once for all sockets that speak this version: Phoenix's
	 * fastlane.
	 * @param broadcast the broadcast
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is binary, and topic or event has
	 * more than 255 bytes
	 */
	SocketFrame encode(SocketBroadcast broadcast);

}
