package io.clusterspring.benchmarks.chaos;

import java.util.Locale;

/**
 * One thing that is done to the nodes.
 */
enum Scenario {

	/** All connect at the same moment. */
	START,

	/** Some are killed at the same moment, the coordinator among them. */
	KILL,

	/** Those that were killed start again, and connect at the same moment. */
	RETURN,

	/** The link between two nodes goes down and up again and again. */
	FLAP,

	/** A process is frozen, and goes on after a long while. */
	SLEEP;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
