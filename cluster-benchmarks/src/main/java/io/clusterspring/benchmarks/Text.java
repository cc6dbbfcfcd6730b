package io.clusterspring.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * A text that is searched in frames, without decoding them.
 */
public enum Text {

	/** The end of the headers of an HTTP response. */
	END_OF_HEADERS("\r\n\r\n"),

	/** The status of a reply. */
	OK("\"status\":\"ok\""),

	/** The event of a reply. */
	REPLY("\"phx_reply\""),

	/** The beginning of the time at which a message was sent. */
	SENT("\"sent\":"),

	/** The event that tells a client of its history. */
	HISTORY("\"$history\""),

	/** The beginning of a position. */
	POSITION("\"position\":\""),

	/** The beginning of the answer whether the client has recovered. */
	RECOVERED("\"recovered\":"),

	/** The beginning of the reason why the client has not recovered. */
	REASON("\"reason\":\"");

	private final byte[] wanted;

	Text(String text) {
		this.wanted = text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Return where the text ends.
	 * @param bytes the bytes to search
	 * @param from the first index
	 * @param to the index after the last
	 * @return the index after it, -1 if it is not there
	 */
	public int after(byte[] bytes, int from, int to) {
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

	/**
	 * Return whether the text is there.
	 * @param bytes the bytes to search
	 * @param from the first index
	 * @param to the index after the last
	 * @return whether it is there
	 */
	public boolean in(byte[] bytes, int from, int to) {
		return after(bytes, from, to) >= 0;
	}

	/**
	 * Return where a text ends that is in quotes.
	 * @param bytes the bytes to search
	 * @param from the beginning of the text
	 * @param to the index at which the search ends
	 * @return the index of the quote
	 */
	public static int quote(byte[] bytes, int from, int to) {
		int end = from;
		while (end < to && bytes[end] != '"') {
			end++;
		}
		return end;
	}

	/**
	 * Return the number that begins at an index.
	 * @param bytes the bytes with its digits
	 * @param from the first digit
	 * @param to the index at which it ends at the latest
	 * @return the number
	 */
	public static long number(byte[] bytes, int from, int to) {
		long number = 0;
		for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
			number = 10 * number + bytes[i] - '0';
		}
		return number;
	}

}
