package io.clusterspring.benchmarks.history;

import java.nio.charset.StandardCharsets;

/**
 * A text that is searched in frames, without decoding them.
 */
enum Text {

	END_OF_HEADERS("\r\n\r\n"), OK("\"status\":\"ok\""), REPLY("\"phx_reply\""), SENT("\"sent\":"),
	HISTORY("\"$history\""), POSITION("\"position\":\""), RECOVERED("\"recovered\":"), REASON("\"reason\":\"");

	private final byte[] wanted;

	Text(String text) {
		this.wanted = text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Return where the text ends.
	 * @return the index after it, -1 if it is not there
	 */
	int after(byte[] bytes, int from, int to) {
		for (int i = from; i <= to - this.wanted.length; i++) {
			int matching = 0;
			while (matching < this.wanted.length && bytes[i + matching] == this.wanted[matching]) {
				matching++;
			}
			if (matching == this.wanted.length) {
				return i + matching;
			}
		}
		return -1;
	}

	boolean in(byte[] bytes, int from, int to) {
		return after(bytes, from, to) >= 0;
	}

	/** Return where a text ends that is in quotes. */
	static int quote(byte[] bytes, int from, int to) {
		int end = from;
		while (end < to && bytes[end] != '"') {
			end++;
		}
		return end;
	}

	static long number(byte[] bytes, int from, int to) {
		long number = 0;
		for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
			number = 10 * number + bytes[i] - '0';
		}
		return number;
	}

}
