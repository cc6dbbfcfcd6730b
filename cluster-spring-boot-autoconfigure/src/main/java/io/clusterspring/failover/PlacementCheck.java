package io.clusterspring.failover;

import java.util.function.Consumer;

/**
 * Whether the placement of an application here is that of the other nodes. Where it
 * differs, the application is not run. Not thread-safe.
 */
final class PlacementCheck {

	private final String application;

	private final String text;

	private boolean refused;

	PlacementCheck(String application, Placement placement) {
		this.application = application;
		this.text = placement.toString();
	}

	/**
	 * Return the placement as the nodes compare it.
	 * @return the text
	 */
	String text() {
		return this.text;
	}

	boolean isRefused() {
		return this.refused;
	}

	/**
	 * Compare.
	 * @param measure the node whose placement counts
	 * @param complete whether all nodes have answered
	 * @param effects takes the warning
	 */
	void check(Sighting measure, boolean complete, Consumer<Effect> effects) {
		String other = measure.report().placement();
		boolean before = this.refused;
		this.refused = complete && !other.equals(this.text);
		if (this.refused && !before) {
			effects.accept(new Effect.Warn("'" + this.application + "' is not run on this node: its placement "
					+ this.text + " differs from that of " + measure.node() + ": " + other));
		}
	}

}
