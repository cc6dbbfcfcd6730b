package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

/**
 * The encoded payload of a message.
 *
 * @param content JSON in UTF-8, or any bytes if the payload is binary; shared, must not
 * be changed
 * @param binary whether the payload is binary instead of JSON
 */
public record SocketPayload(ByteBuffer content, boolean binary) {

	/**
	 * Create a payload of JSON.
	 * @param content the JSON in UTF-8
	 */
	public static SocketPayload json(ByteBuffer content) {
		return new SocketPayload(content, false);
	}

	public static SocketPayload binary(ByteBuffer content) {
		return new SocketPayload(content, true);
	}

	/**
	 * Return whether the payload is a JSON object. The payload of a push or broadcast
	 * must be an object or binary.
	 * @return {@code true} if the content starts with a brace
	 */
	public boolean isObject() {
		return !this.binary && this.content.hasRemaining() && this.content.get(this.content.position()) == '{';
	}

}
