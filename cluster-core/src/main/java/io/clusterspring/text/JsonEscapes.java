package io.clusterspring.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds escaped lone surrogates in JSON that is not decoded otherwise. JSON's grammar
 * allows {@code "\ud83d"}, but UTF-8 cannot represent it, and decoders such as Phoenix's
 * refuse it.
 */
public final class JsonEscapes {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

	private static final long BACKSLASHES = ONES * '\\';

	private static final int ESCAPE = 6;

	private JsonEscapes() {
	}

	/**
	 * Return whether the strings of a JSON text, keys included, decode to well-formed
	 * text.
	 * @param json the text in UTF-8, whose grammar is not checked here: a backslash
	 * counts as the begin of an escape
	 * @param offset where it begins
	 * @param length how many bytes it has
	 * @return {@code false} if there is an escaped surrogate without its other half
	 */
	public static boolean areWellFormed(byte[] json, int offset, int length) {
		int end = offset + length;
		int i = nextBackslash(json, offset, end);
		while (i < end) {
			Half half = half(json, i, end);
			if (half == Half.LOW || (half == Half.HIGH && half(json, i + ESCAPE, end) != Half.LOW)) {
				return false;
			}
			i = nextBackslash(json, i + ((half == Half.HIGH) ? 2 * ESCAPE : 2), end);
		}
		return true;
	}

	// returns the half of a surrogate pair that is escaped at the index
	private static Half half(byte[] json, int index, int end) {
		if (index + ESCAPE > end || json[index] != '\\' || json[index + 1] != 'u'
				|| (json[index + 2] != 'd' && json[index + 2] != 'D')) {
			return Half.NONE;
		}
		return switch (json[index + 3]) {
			case '8', '9', 'a', 'A', 'b', 'B' -> Half.HIGH;
			case 'c', 'C', 'd', 'D', 'e', 'E', 'f', 'F' -> Half.LOW;
			default -> Half.NONE;
		};
	}

	private static int nextBackslash(byte[] json, int from, int end) {
		int i = from;
		// eight bytes at a time: most texts have none
		while (i + Long.BYTES <= end && !hasBackslash((long) LONGS.get(json, i))) {
			i += Long.BYTES;
		}
		while (i < end && json[i] != '\\') {
			i++;
		}
		return i;
	}

	private static boolean hasBackslash(long bytes) {
		long zeroWhereOne = bytes ^ BACKSLASHES;
		return ((zeroWhereOne - ONES) & ~zeroWhereOne & HIGH_BITS) != 0;
	}

	private enum Half {

		NONE, HIGH, LOW

	}

}
