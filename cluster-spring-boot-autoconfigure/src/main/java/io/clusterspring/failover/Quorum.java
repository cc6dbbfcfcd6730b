package io.clusterspring.failover;

import java.util.Locale;

import org.springframework.util.Assert;

/**
 * How many of the listed nodes have to agree that an application runs.
 *
 * @param kind none, more than half, or a number
 * @param number the number, {@code 0} unless the kind says so
 */
public record Quorum(Kind kind, int number) {

	/** As Erlang: every part of a divided network may run it. */
	public static final Quorum NONE = new Quorum(Kind.NONE, 0);

	/** More than half of the listed nodes. */
	public static final Quorum MAJORITY = new Quorum(Kind.MAJORITY, 0);

	public Quorum {
		Assert.isTrue((kind == Kind.NUMBER) ? number > 0 : number == 0, "A quorum by number is one node at least");
	}

	/**
	 * Parse a quorum.
	 * @param text {@code none}, {@code majority} or a number of nodes
	 * @return the quorum
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static Quorum of(String text) {
		String value = text.trim().toLowerCase(Locale.ROOT);
		if (value.matches("\\d{1,4}")) {
			return of(Integer.valueOf(value));
		}
		Assert.isTrue(value.equals("none") || value.equals("majority"),
				() -> "'" + text + "' is not a quorum: expected none, majority or a number of nodes");
		return value.equals("none") ? NONE : MAJORITY;
	}

	/**
	 * Take a number, as YAML gives one.
	 * @param number the number of nodes
	 * @return the quorum
	 */
	public static Quorum of(Integer number) {
		return new Quorum(Kind.NUMBER, number);
	}

	/**
	 * Return how many nodes have to agree.
	 * @param listed how many are listed
	 * @return the number, {@code 0} if there is no quorum
	 */
	int required(int listed) {
		return switch (this.kind) {
			case NONE -> 0;
			case MAJORITY -> listed / 2 + 1;
			case NUMBER -> this.number;
		};
	}

	@Override
	public String toString() {
		return (this.kind == Kind.NUMBER) ? "" + this.number : this.kind.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The kinds of quorums.
	 */
	public enum Kind {

		/** There is none. */
		NONE,

		/** More than half of the listed nodes. */
		MAJORITY,

		/** A number of nodes. */
		NUMBER

	}

}
