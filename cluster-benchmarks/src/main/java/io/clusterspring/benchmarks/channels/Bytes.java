package io.clusterspring.benchmarks.channels;

import java.nio.charset.StandardCharsets;

/**
 * Searches text in bytes.
 */
final class Bytes {

	static final byte[] END_OF_HEADERS = of("\r\n\r\n");

	static final byte[] OK = of("\"status\":\"ok\"");

	static final byte[] SENT = of("\"sent\":");

	private Bytes() {
	}

	private static byte[] of(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
		for (int i = from; i <= to - wanted.length; i++) {
			int matching = 0;
			while (matching < wanted.length && bytes[i + matching] == wanted[matching]) {
				matching++;
			}
			if (matching == wanted.length) {
				return i;
			}
		}
		return -1;
	}

	static long number(byte[] bytes, int from, int to) {
		long number = 0;
		for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
			number = 10 * number + bytes[i] - '0';
		}
		return number;
	}

}
