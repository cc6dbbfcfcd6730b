package io.clusterspring.benchmarks.chaos;

import org.jspecify.annotations.Nullable;

/**
 * The figures about messages.
 *
 * @param received how many arrived
 * @param lost how many did not arrive although the nodes had each other in their views
 * all the time
 * @param repeated how many arrived again
 * @param late how many arrived after messages that were sent later
 * @param outside how many arrived from a node outside the view
 * @param silence the longest time without a message from a node in the view, in
 * nanoseconds
 */
record MessageFigures(long received, long lost, long repeated, long late, long outside, long silence) {

	static final MessageFigures NONE = new MessageFigures(0, 0, 0, 0, 0, 0);

	MessageFigures plus(MessageFigures other) {
		return new MessageFigures(this.received + other.received, this.lost + other.lost,
				this.repeated + other.repeated, this.late + other.late, this.outside + other.outside,
				Math.max(this.silence, other.silence));
	}

	MessageFigures plusLost(long more) {
		return plus(new MessageFigures(0, more, 0, 0, 0, 0));
	}

	MessageFigures minus(@Nullable Heard before) {
		if (before == null) {
			return this;
		}
		return new MessageFigures(this.received - before.count(), this.lost, this.repeated - before.repeated(),
				this.late - before.late(), this.outside - before.outside(), this.silence);
	}

}
