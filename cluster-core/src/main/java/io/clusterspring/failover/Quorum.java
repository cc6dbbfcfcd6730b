package io.clusterspring.failover;

import java.util.Locale;

import org.springframework.util.Assert;

/**
 * The number of listed nodes that must agree before an application runs.
 *
 * @param kind the kind of the quorum
 * @param number the number of nodes, {@code 0} unless the kind is {@link Kind#NUMBER}
 */
public record Quorum(Kind kind, int number) {

	/**
	 * No quorum, as in Erlang: every part of a divided network may run the application.
	 */
	public static final Quorum NONE = new Quorum(Kind.NONE, 0);

	/** More than half of the listed nodes. */
	public static final Quorum MAJORITY = new Quorum(Kind.MAJORITY, 0);

	public Quorum {
		Assert.isTrue((kind == Kind.NUMBER) ? number > 0 : number == 0, "A quorum by number must be at least one node");
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
	 * Create a quorum from a number, as YAML has one.
	 * @param number the number of nodes
	 * @return the quorum
	 */
	public static Quorum of(Integer number) {
		return new Quorum(Kind.NUMBER, number);
	}

	@Override
	public String toString() {
		return (this.kind == Kind.NUMBER) ? "" + this.number : this.kind.name().toLowerCase(Locale.ROOT);
	}

	/** The kinds of quorums. */
	public enum Kind {

		/** No quorum. */
		NONE,

		/** More than half of the listed nodes. */
		MAJORITY,

		/** A fixed number of nodes. */
		NUMBER

	}

}
