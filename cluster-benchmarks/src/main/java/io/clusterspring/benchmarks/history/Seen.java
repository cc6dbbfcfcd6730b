package io.clusterspring.benchmarks.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.clusterspring.benchmarks.Text;

/**
 * How far a client has read each origin, and what was not right meanwhile. Not
 * thread-safe.
 */
final class Seen {

	private static final int ORIGIN = 8;

	// the 8 characters of an origin
	private long[] origins = new long[4];

	private long[] numbers = new long[4];

	private int size;

	private long twice;

	private long missing;

	/** Return whether a quote opens a position, and no other reference. */
	static boolean isPosition(byte[] text, int quote) {
		return text[quote] == '"' && text[quote + 1 + ORIGIN] == ':';
	}

	/**
	 * A message has come.
	 * @param text its position
	 * @param from where the position begins
	 */
	void message(byte[] text, int from) {
		int index = index(origin(text, from));
		long number = number(text, from + ORIGIN + 1);
		long last = this.numbers[index];
		if (number <= last) {
			this.twice++;
		}
		else {
			this.missing += number - last - 1;
			this.numbers[index] = number;
		}
	}

	/**
	 * A node says that nothing is missing up to a position. It is not taken over as it
	 * is: messages before it, if they come again, come twice.
	 */
	void recovered(byte[] text, int from, int to) {
		Seen told = new Seen();
		told.replace(text, from, to);
		for (int i = 0; i < told.size; i++) {
			int index = index(told.origins[i]);
			this.missing += Math.max(0, told.numbers[i] - this.numbers[index]);
			this.numbers[index] = Math.max(told.numbers[i], this.numbers[index]);
		}
	}

	/** Take over a position: parts as they are in a join, separated by commas. */
	void replace(byte[] text, int from, int to) {
		this.size = 0;
		for (int at = from; at + ORIGIN < to; at++) {
			int index = index(origin(text, at));
			this.numbers[index] = number(text, at + ORIGIN + 1);
			while (at < to && text[at] != ',') {
				at++;
			}
		}
	}

	private int index(long origin) {
		for (int i = 0; i < this.size; i++) {
			if (this.origins[i] == origin) {
				return i;
			}
		}
		if (this.size == this.origins.length) {
			this.origins = Arrays.copyOf(this.origins, 2 * this.size);
			this.numbers = Arrays.copyOf(this.numbers, 2 * this.size);
		}
		this.origins[this.size] = origin;
		this.numbers[this.size] = 0;
		return this.size++;
	}

	long number(long origin) {
		for (int i = 0; i < this.size; i++) {
			if (this.origins[i] == origin) {
				return this.numbers[i];
			}
		}
		return 0;
	}

	private static long origin(byte[] text, int from) {
		long origin = 0;
		for (int i = from; i < from + ORIGIN; i++) {
			origin = origin << 8 | text[i];
		}
		return origin;
	}

	private static long number(byte[] text, int from) {
		return Text.number(text, from, text.length);
	}

	/** Return how many messages are missing that another client has got. */
	long lessThan(Seen other) {
		long less = 0;
		for (int i = 0; i < other.size; i++) {
			less += Math.max(0, other.numbers[i] - number(other.origins[i]));
		}
		return less;
	}

	long twice() {
		return this.twice;
	}

	long missing() {
		return this.missing;
	}

	/** Return the position as it is sent with a join. */
	String position() {
		StringBuilder position = new StringBuilder();
		for (int i = 0; i < this.size; i++) {
			byte[] origin = new byte[ORIGIN];
			for (int k = 0; k < ORIGIN; k++) {
				origin[k] = (byte) (this.origins[i] >>> 8 * (ORIGIN - 1 - k));
			}
			position.append((i > 0) ? "," : "")
				.append(new String(origin, StandardCharsets.US_ASCII))
				.append(':')
				.append(this.numbers[i]);
		}
		return position.toString();
	}

}
