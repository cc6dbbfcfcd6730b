package io.clusterspring.failover.decision;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Compares the placement of an application on this node with that of the other nodes. If
 * it differs and does not count, this node does not run the application. A node whose
 * placement requires more votes is remembered even after it is out of the view: it may be
 * alive behind a partition and have those votes. It is forgotten when it leaves in order,
 * or reports another placement. Not thread-safe.
 */
final class PlacementCheck {

	/** The largest number of remembered nodes. */
	private static final int MOST = 200;

	private final String application;

	private final String text;

	private final Electorate electorate;

	private final TreeMap<Node, String> stronger = new TreeMap<>();

	private final Map<Node, String> told = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Node, String> eldest) {
			return size() > MOST;
		}

	};

	private @Nullable String refusal;

	PlacementCheck(String application, PlacementRules rules) {
		this.application = application;
		this.text = rules.placement().toString();
		this.electorate = Electorate.of(rules);
	}

	// the placement in the form that nodes compare
	String text() {
		return this.text;
	}

	Electorate electorate() {
		return this.electorate;
	}

	// the reason why this node does not run the application, if any
	@Nullable String refusal() {
		return this.refusal;
	}

	// whether the placement of another node requires more votes than that of this node.
	// Then a running application must stop here as well
	boolean isWeaker() {
		return !this.stronger.isEmpty();
	}

	// the measure is the node whose placement counts
	void check(DecisionInput input, PeerReport measure, Consumer<Effect> effects) {
		learn(input);
		for (PeerReport other : input.others()) {
			String theirs = other.report().placement();
			if (!theirs.equals(this.text) && !theirs.equals(this.told.put(other.node(), theirs))) {
				effects.accept(new Effect.Warn("The placement of '" + this.application + "' on " + other.node()
						+ " differs from that of this node; it must be the same on all nodes. There: " + theirs
						+ ". Here: " + this.text));
			}
		}
		String before = this.refusal;
		this.refusal = refuse(input, measure);
		if (this.refusal != null && before == null) {
			effects.accept(new Effect.Warn("'" + this.application + "' does not run on this node: " + this.refusal));
		}
	}

	private void learn(DecisionInput input) {
		if (input.complete()) {
			// a node of the view that does not report the application has given it up
			this.stronger.keySet().removeIf(input.view()::contains);
		}
		for (PeerReport other : input.others()) {
			boolean isStronger = !other.leaving() && other.electorate().isStrongerThan(this.electorate);
			if (!isStronger) {
				this.stronger.remove(other.node());
			}
			else if (this.stronger.size() < MOST) {
				this.stronger.put(other.node(), other.report().placement());
			}
		}
	}

	private @Nullable String refuse(DecisionInput input, PeerReport measure) {
		if (isWeaker()) {
			Map.Entry<Node, String> other = this.stronger.firstEntry();
			return other.getKey() + " requires more votes, or votes of other nodes. There: " + other.getValue()
					+ ". Here: " + this.text;
		}
		String theirs = measure.report().placement();
		return (input.complete() && !theirs.equals(this.text)) ? "its placement differs from that of " + measure.node()
				+ ", which counts. There: " + theirs + ". Here: " + this.text : null;
	}

}
