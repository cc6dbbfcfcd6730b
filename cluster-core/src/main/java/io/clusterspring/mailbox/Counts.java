package io.clusterspring.mailbox;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events by their kind. Thread-safe.
 *
 * @param <E> the kinds
 */
public final class Counts<E extends Enum<E>> {

	private final LongAdder[] counts;

	/**
	 * Create the counts at zero.
	 * @param kinds the type of the kinds
	 */
	public Counts(Class<E> kinds) {
		this.counts = new LongAdder[kinds.getEnumConstants().length];
		Arrays.setAll(this.counts, (kind) -> new LongAdder());
	}

	/** Count one more of a kind. */
	public void add(E kind) {
		this.counts[kind.ordinal()].increment();
	}

	/**
	 * Return how many there were of a kind.
	 * @return the number since the start
	 */
	public long count(E kind) {
		return this.counts[kind.ordinal()].sum();
	}

}
