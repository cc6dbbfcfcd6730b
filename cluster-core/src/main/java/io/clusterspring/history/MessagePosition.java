package io.clusterspring.history;

import java.util.Base64;

import org.springframework.util.Assert;

/**
 * The position of a message of a topic with history: which process has published it, and
 * its number among the messages of that process on that topic. It names one message
 * forever, because a process gets a new origin whenever it starts.
 *
 * @param origin a random number of 48 bits, the epoch of the process that has published
 * the message
 * @param number counts the messages of the origin on the topic, without a gap
 */
public record MessagePosition(long origin, long number) {

	/** The number of bits of an origin. */
	public static final int ORIGIN_BITS = 48;

	/** The largest number, which a client in JavaScript can count too. */
	static final long MAX_NUMBER = (1L << 53) - 1;

	private static final int ORIGIN_BYTES = ORIGIN_BITS / Byte.SIZE;

	private static final int ORIGIN_LENGTH = 8;

	private static final int OCTET = 0xFF;

	public MessagePosition {
		Assert.isTrue(origin >>> ORIGIN_BITS == 0, "An origin has 48 bits");
		Assert.isTrue(number >= 0, "A number is not negative");
	}

	/**
	 * Parse {@code <origin>:<number>}.
	 * @param text the text to parse
	 * @return the position
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static MessagePosition of(String text) {
		Assert.isTrue(text.length() > ORIGIN_LENGTH + 1 && text.charAt(ORIGIN_LENGTH) == ':', "Not a position");
		byte[] bytes = Base64.getUrlDecoder().decode(text.substring(0, ORIGIN_LENGTH));
		Assert.isTrue(bytes.length == ORIGIN_BYTES, "Not an origin");
		long id = 0;
		for (byte octet : bytes) {
			id = (id << Byte.SIZE) | (octet & OCTET);
		}
		String digits = text.substring(ORIGIN_LENGTH + 1);
		Assert.isTrue(digits.chars().allMatch((digit) -> digit >= '0' && digit <= '9'), "Not a number");
		return new MessagePosition(id, Long.parseLong(digits));
	}

	/** Return {@code <origin>:<number>}, which {@link #of(String)} parses. */
	@Override
	public String toString() {
		byte[] bytes = new byte[ORIGIN_BYTES];
		for (int i = 0; i < ORIGIN_BYTES; i++) {
			bytes[i] = (byte) (this.origin >>> (Byte.SIZE * (ORIGIN_BYTES - 1 - i)));
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ":" + this.number;
	}

}
