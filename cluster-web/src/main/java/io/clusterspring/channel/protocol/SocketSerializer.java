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
	 * @throws MalformedMessageException if it is malformed
	 */
	SocketMessage decode(ByteBuffer text);

	/**
	 * Read a binary message of a client.
	 * @param bytes the message; its content is shared, not copied
	 * @return the message
	 * @throws MalformedMessageException if it is malformed
	 */
	SocketMessage decodeBinary(ByteBuffer bytes);

	/**
	 * Return whether this version supports binary payloads.
	 * @return {@code false} if encoding a binary payload throws
	 */
	boolean hasBinary();

	/**
	 * Encode a push to one client.
	 * @param message the message
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is binary and a reference, the
	 * topic or the event has more than 255 bytes
	 */
	SocketFrame encode(SocketMessage message);

	/**
	 * Encode a reply.
	 * @param reply the reply
	 * @return the frame
	 * @throws IllegalArgumentException if the response is binary and a reference or the
	 * topic has more than 255 bytes
	 */
	SocketFrame encode(SocketReply reply);

	/**
	 * Encode a broadcast, once for all sockets with this version: Phoenix's fastlane.
	 * @param broadcast the broadcast
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is binary and the topic or the
	 * event has more than 255 bytes
	 */
	SocketFrame encode(SocketBroadcast broadcast);

}
