package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * One version of the wire format: Phoenix's {@code Phoenix.Socket.Serializer}.
 * Implementations are stateless and thread-safe.
 */
public sealed interface SocketSerializer permits V1JsonSerializer, V2JsonSerializer {

	/**
	 * Choose the serializer by the {@code vsn} parameter of the connect request. Phoenix
	 * asks for {@code ~> 1.0.0} and {@code ~> 2.0.0}: any patch level, no other minor
	 * version.
	 * @param vsn the value of the parameter; {@code null} if it is absent, which means
	 * 1.0.0
	 * @return the serializer, or {@code null} if the version is not supported
	 */
	static @Nullable SocketSerializer forVersion(@Nullable String vsn) {
		if (vsn == null || vsn.matches("1\\.0\\.\\d+")) {
			return V1JsonSerializer.INSTANCE;
		}
		return vsn.matches("2\\.0\\.\\d+") ? V2JsonSerializer.INSTANCE : null;
	}

	/**
	 * Read a text message of a client.
	 * @param text the message in UTF-8; its content is shared, not copied
	 * @throws MalformedMessageException if it is malformed
	 */
	SocketMessage decode(ByteBuffer text);

	/**
	 * Read a binary message of a client.
	 * @param bytes the message; its content is shared, not copied
	 * @throws MalformedMessageException if it is malformed
	 */
	SocketMessage decodeBinary(ByteBuffer bytes);

	/**
	 * Read a message that this version has encoded. Its references may be missing.
	 * @param sent a message of a frame
	 * @throws MalformedMessageException if it is malformed
	 */
	default SocketMessage decodeSent(SocketFrame.Message sent) {
		return sent.isBinary() ? V2Binary.decodeSent(sent.bytes()) : decode(sent.content());
	}

	/**
	 * Return whether this version supports binary payloads.
	 * @return {@code false} if encoding a binary payload throws
	 */
	boolean hasBinary();

	/**
	 * Encode a push to one client.
	 * @throws IllegalArgumentException if the payload is binary and a reference, the
	 * topic or the event has more than 255 bytes
	 */
	SocketFrame encode(SocketMessage message);

	/**
	 * Encode a reply.
	 * @throws IllegalArgumentException if the response is binary and a reference or the
	 * topic has more than 255 bytes
	 */
	SocketFrame encode(SocketReply reply);

	/**
	 * Encode a broadcast, once for all sockets with this version: Phoenix's fastlane.
	 * @throws IllegalArgumentException if the payload is binary and the topic or the
	 * event has more than 255 bytes
	 */
	SocketFrame encode(SocketBroadcast broadcast);

}
