package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Checks text before it is passed on unread.
 */
final class Utf8 {

	private Utf8() {
	}

	static boolean isValid(byte[] bytes, int offset) {
		for (int i = offset; i < bytes.length; i++) {
			if (bytes[i] < 0) {
				return isDecodable(ByteBuffer.wrap(bytes, i, bytes.length - i));
			}
		}
		return true;
	}

	private static boolean isDecodable(ByteBuffer bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(bytes);
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
