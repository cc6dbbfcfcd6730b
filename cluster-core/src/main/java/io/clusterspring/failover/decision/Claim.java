package io.clusterspring.failover.decision;

/**
 * A node's claim to run an application, which it runs or wants to run.
 *
 * @param token the fencing token, unique to this claim
 * @param round the number of renewals
 * @param since when the stage began, in milliseconds since the epoch
 */
record Claim(long token, long round, Stage stage, long since) {

	boolean isHeld() {
		return this.stage != Stage.CLAIMED;
	}

	boolean hasRun() {
		return this.stage == Stage.RUNNING || this.stage == Stage.STOPPING;
	}

	Claim atRound(long other) {
		return new Claim(this.token, other, this.stage, this.since);
	}

	/**
	 * The stages of a claim. Without a claim, nothing of the application runs on the
	 * node.
	 */
	enum Stage {

		CLAIMED, STARTING, RUNNING, STOPPING

	}

}
