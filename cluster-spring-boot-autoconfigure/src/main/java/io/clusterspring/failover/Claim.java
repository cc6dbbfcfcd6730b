package io.clusterspring.failover;

/**
 * What a node says of an application it runs, or wants to.
 *
 * @param token the fencing token, which no other claim has
 * @param round how often the claim was renewed
 * @param stage how far it has come
 * @param since when it came to that, in milliseconds since the epoch
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
	 * The stages of a claim. Without one nothing of the application runs on the node.
	 */
	enum Stage {

		CLAIMED, STARTING, RUNNING, STOPPING

	}

}
