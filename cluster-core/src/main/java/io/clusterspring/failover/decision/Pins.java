package io.clusterspring.failover.decision;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.time.Moment;

/**
 * The node that an application was moved to by hand, as all nodes learn it from each
 * other. The pin ends when that node leaves. Not thread-safe.
 */
final class Pins {

	private Pin pin = Pin.NONE;

	Pin pin() {
		return this.pin;
	}

	@Nullable Node node() {
		return this.pin.node();
	}

	void pin(Node node, Moment now) {
		this.pin = new Pin(node, Math.max(this.pin.stamp() + 1, now.wall()));
	}

	// take newer pins from the reports; return whether there was one
	boolean learn(DecisionInput input) {
		Pin before = this.pin;
		for (PeerReport other : input.others()) {
			if (other.report().pin().isLaterThan(this.pin)) {
				this.pin = other.report().pin();
			}
		}
		boolean learned = this.pin != before;
		Node pinned = this.pin.node();
		if (pinned != null && input.complete() && !input.view().contains(pinned)) {
			this.pin = new Pin(null, this.pin.stamp());
		}
		return learned;
	}

	/**
	 * One move by hand.
	 *
	 * @param node the node, {@code null} once the pin has ended
	 * @param stamp orders pins: the greatest one counts
	 */
	record Pin(@Nullable Node node, long stamp) {

		static final Pin NONE = new Pin(null, 0);

		// the end of a pin is later than the pin; of two moves at once any one, but the
		// same one on all nodes
		boolean isLaterThan(Pin other) {
			if (this.stamp != other.stamp || other.node == null) {
				return this.stamp > other.stamp;
			}
			return this.node == null || this.node.compareTo(other.node) > 0;
		}

	}

}
