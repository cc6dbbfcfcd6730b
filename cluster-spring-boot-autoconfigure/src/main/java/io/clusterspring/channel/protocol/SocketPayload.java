package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

/**
 * What a message carries, as it is on the wire.
 *
 * @param content JSON in UTF-8, or any bytes if the payload is binary; shared, not to be
 * changed
 * @param binary whether the payload is bytes that mean something to the application only
 */
public record SocketPayload(ByteBuffer content, boolean binary) {

	/**
	 * Create a payload of JSON.
	 * @param content the JSON in UTF-8
	 * @return the payload
	 */
	public static SocketPayload json(ByteBuffer content) {
		return new SocketPayload(content, false);
	}

	/**
	 * Create a binary payload.
	 * @param content the bytes
	 * @return the payload
	 */
	public static SocketPayload binary(ByteBuffer content) {
		return new SocketPayload(content, true);
	}

	/**
	 * Return whether the payload is a JSON object: what a push or broadcast takes unless
	 * it is binary.
	 * @return whether the content begins as one
	 */
	public boolean isObject() {
		return !this.binary && this.content.hasRemaining() && this.content.get(this.content.position()) == '{';
	}

}
