package io.clusterspring.benchmarks.chaos;

import java.util.Locale;

/**
 * The failure scenarios.
 */
enum Scenario {

	/** All nodes connect at the same moment. */
	START,

	/** Some nodes are killed at the same moment, the coordinator among them. */
	KILL,

	/** The killed nodes start again, and connect at the same moment. */
	RETURN,

	/** The link between two nodes goes down and up again and again. */
	FLAP,

	/** A process is frozen, and resumes after a long time. */
	SLEEP;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
