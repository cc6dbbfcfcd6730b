package io.clusterspring.benchmarks.chaos;

import java.util.stream.Stream;

/**
 * A period, from an inclusive to an exclusive moment of {@link System#nanoTime()}.
 *
 * @param from the inclusive begin
 * @param to the exclusive end
 */
record Span(long from, long to) {

	boolean holds(long time) {
		return time >= this.from && time < this.to;
	}

	long length() {
		return Math.max(0, this.to - this.from);
	}

	Span and(Span other) {
		return new Span(Math.max(this.from, other.from), Math.min(this.to, other.to));
	}

	Stream<Span> without(Span other) {
		return Stream
			.of(new Span(this.from, Math.min(this.to, other.from)), new Span(Math.max(this.from, other.to), this.to))
			.filter((part) -> part.length() > 0);
	}

}
