package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

/**
 * What a node tells the others of one application.
 *
 * @param name the name of the application
 * @param placement its placement, as the node has it
 * @param readiness whether the node could run it
 * @param permitted whether the node may run it
 * @param settled whether whatever an earlier life of the node has promised is void by now
 * @param claim what it runs or wants to run
 * @param vote for whom it votes
 * @param seen the greatest token it knows of
 * @param last who ran it last
 * @param pin where it was moved to
 * @param electorate who has to agree that it runs, as the node has it
 */
record ApplicationReport(String name, String placement, Readiness readiness, boolean permitted, boolean settled,
		@Nullable Claim claim, @Nullable Vote vote, long seen, @Nullable Tenure last, Pin pin, Electorate electorate) {

	/**
	 * Return the report without what changes all the time.
	 * @return the report as it was in round zero
	 */
	ApplicationReport timeless() {
		return new ApplicationReport(this.name, this.placement, this.readiness, this.permitted, this.settled,
				(this.claim != null) ? this.claim.atRound(0) : null, (this.vote != null) ? this.vote.atRound(0) : null,
				this.seen, this.last, this.pin, this.electorate);
	}

}
