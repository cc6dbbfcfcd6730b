package io.clusterspring.failover;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Whether the placement of an application here is that of the other nodes. Where it
 * differs, the application is not run. A node that was seen to ask for more votes is not
 * forgotten with the view: it may be there, behind a partition, and have them. It is when
 * it has left in order, or says something else. Not thread-safe.
 */
final class PlacementCheck {

	/** So many nodes are remembered, which may have had any names. */
	private static final int MOST = 200;

	private final String application;

	private final String text;

	private final Electorate electorate;

	private final Map<Node, String> stronger = new TreeMap<>();

	private final Map<Node, String> told = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Node, String> eldest) {
			return size() > MOST;
		}

	};

	private @Nullable String refusal;

	PlacementCheck(String application, Placement placement) {
		this.application = application;
		this.text = placement.toString();
		this.electorate = Electorate.of(placement);
	}

	/**
	 * Return the placement as the nodes compare it.
	 * @return the text
	 */
	String text() {
		return this.text;
	}

	Electorate electorate() {
		return this.electorate;
	}

	/**
	 * Return why the application is not run on this node.
	 * @return the reason, {@code null} if it may be
	 */
	@Nullable String refusal() {
		return this.refusal;
	}

	/**
	 * Return whether another node asks for more votes than this one: the application does
	 * not go on here, either.
	 * @return {@code true} if it has to stop
	 */
	boolean isOutdone() {
		return !this.stronger.isEmpty();
	}

	/**
	 * Compare.
	 * @param around what is known of the others
	 * @param measure the node whose placement counts
	 * @param effects takes the warnings
	 */
	void check(Surroundings around, Sighting measure, Consumer<Effect> effects) {
		learn(around);
		for (Sighting other : around.others()) {
			String theirs = other.report().placement();
			if (!theirs.equals(this.text) && !theirs.equals(this.told.put(other.node(), theirs))) {
				effects.accept(new Effect.Warn("The placement of '" + this.application + "' on " + other.node()
						+ " is another than here, and has to be the same on all nodes. There: " + theirs + ". Here: "
						+ this.text));
			}
		}
		String before = this.refusal;
		this.refusal = refuse(around, measure);
		if (this.refusal != null && before == null) {
			effects.accept(new Effect.Warn("'" + this.application + "' is not run on this node: " + this.refusal));
		}
	}

	private void learn(Surroundings around) {
		if (around.complete()) {
			// what is in the view and does not know the application has given it up
			this.stronger.keySet().removeIf(around.view()::contains);
		}
		for (Sighting other : around.others()) {
			ApplicationReport report = other.report();
			if (!other.leaving() && report.electorate().isStrongerThan(this.electorate)) {
				if (this.stronger.size() < MOST) {
					this.stronger.put(other.node(), report.placement());
				}
			}
			else {
				this.stronger.remove(other.node());
			}
		}
	}

	private @Nullable String refuse(Surroundings around, Sighting measure) {
		for (Map.Entry<Node, String> other : this.stronger.entrySet()) {
			return other.getKey() + " asks for more votes, or those of other nodes. There: " + other.getValue()
					+ ". Here: " + this.text;
		}
		String theirs = measure.report().placement();
		return (around.complete() && !theirs.equals(this.text)) ? "its placement differs from that of " + measure.node()
				+ ", which counts. There: " + theirs + ". Here: " + this.text : null;
	}

}
