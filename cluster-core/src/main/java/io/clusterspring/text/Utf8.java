package io.clusterspring.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 without replacements. A text with a lone surrogate cannot be encoded, and bytes
 * that are not UTF-8 cannot be decoded. Java's own methods put a {@code ?} or
 * {@code U+FFFD} there, so that different texts become equal. This class refuses both.
 */
public final class Utf8 {

	private static final char REPLACEMENT = '\uFFFD';

	private Utf8() {
	}

	/**
	 * Encode a text.
	 * @param what what the text is, for the message of the exception
	 * @return the text in UTF-8
	 * @throws IllegalArgumentException if the text is not well-formed
	 */
	public static byte[] encode(String what, String text) {
		requireWellFormed(what, text);
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Return whether a text is well-formed: whether it has no lone surrogate.
	 * @return {@code true} if it can be encoded
	 */
	public static boolean isWellFormed(String text) {
		return loneSurrogate(text) < 0;
	}

	/**
	 * Make sure that a text is well-formed.
	 * @param what what the text is, for the message of the exception
	 * @throws IllegalArgumentException if it has a lone surrogate
	 */
	public static void requireWellFormed(String what, String text) {
		int index = loneSurrogate(text);
		if (index >= 0) {
			throw new IllegalArgumentException(
					what + " '" + LogText.of(text) + "' is not well-formed Unicode: it has a lone surrogate at index "
							+ index + " and cannot be written in UTF-8");
		}
	}

	/**
	 * Return how many bytes a text has in UTF-8.
	 * @param text a well-formed text
	 */
	public static int length(String text) {
		int length = text.length();
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			// a surrogate pair is two chars and four bytes
			length += (unit < 0x80) ? 0 : (unit < 0x800 || Character.isSurrogate(unit)) ? 1 : 2;
		}
		return length;
	}

	private static int loneSurrogate(String text) {
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			if (Character.isSurrogate(unit)) {
				if (Character.isLowSurrogate(unit) || i + 1 == text.length()
						|| !Character.isLowSurrogate(text.charAt(i + 1))) {
					return i;
				}
				i++;
			}
		}
		return -1;
	}

	/**
	 * Decode a text.
	 * @throws IllegalArgumentException if the bytes are not UTF-8
	 */
	public static String decode(byte[] bytes) {
		return decode(bytes, 0, bytes.length);
	}

	/**
	 * Decode a text.
	 * @param bytes the bytes, all of which are the text; the position stays
	 * @throws IllegalArgumentException if the bytes are not UTF-8
	 */
	public static String decode(ByteBuffer bytes) {
		if (bytes.hasArray()) {
			return decode(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
		}
		byte[] copy = new byte[bytes.remaining()];
		bytes.duplicate().get(copy);
		return decode(copy, 0, copy.length);
	}

	/**
	 * Decode the next bytes of a buffer.
	 * @param in the buffer, whose position moves behind the text
	 * @param length how many bytes the text has
	 * @throws IndexOutOfBoundsException if fewer bytes are left
	 * @throws IllegalArgumentException if the bytes are not UTF-8
	 */
	public static String decode(ByteBuffer in, int length) {
		String text = decode(in.slice(in.position(), length));
		in.position(in.position() + length);
		return text;
	}

	private static String decode(byte[] bytes, int offset, int length) {
		// fast, and right unless something was replaced
		String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) < 0 || isDecodable(bytes, offset, length)) {
			return text;
		}
		throw new IllegalArgumentException("Text is not UTF-8");
	}

	/**
	 * Return whether bytes are UTF-8.
	 * @param offset the index of the first byte to check
	 * @return {@code true} if they can be decoded
	 */
	public static boolean isValid(byte[] bytes, int offset) {
		for (int i = offset; i < bytes.length; i++) {
			if (bytes[i] < 0) {
				return isDecodable(bytes, i, bytes.length - i);
			}
		}
		return true;
	}

	private static boolean isDecodable(byte[] bytes, int offset, int length) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
