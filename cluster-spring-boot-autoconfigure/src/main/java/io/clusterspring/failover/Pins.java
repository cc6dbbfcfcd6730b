package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Where an application was moved to by hand, as the nodes tell each other. It is over
 * when that node goes. Not thread-safe.
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

	/**
	 * Learn what the others know.
	 * @param around what is known
	 * @return whether there was something new
	 */
	boolean learn(Surroundings around) {
		Pin before = this.pin;
		for (Sighting other : around.others()) {
			if (other.report().pin().stamp() > this.pin.stamp()) {
				this.pin = other.report().pin();
			}
		}
		boolean learned = this.pin != before;
		Node pinned = this.pin.node();
		if (pinned != null && around.complete() && !around.view().contains(pinned)) {
			this.pin = new Pin(null, this.pin.stamp());
		}
		return learned;
	}

}
