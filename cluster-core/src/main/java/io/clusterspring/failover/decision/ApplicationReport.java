package io.clusterspring.failover.decision;

import org.jspecify.annotations.Nullable;

/**
 * The part of a node's report about one application.
 *
 * @param readiness whether the node could run it
 * @param permitted whether the node may run it
 * @param settled whether all votes of an earlier incarnation of the node have expired
 * @param seen the greatest token that the node knows
 * @param last the last owner that the node knows
 * @param pin the node that it was moved to by hand
 * @param electorate the nodes that must agree, by the node's configuration
 */
record ApplicationReport(String name, String placement, Readiness readiness, boolean permitted, boolean settled,
		@Nullable Claim claim, @Nullable Vote vote, long seen, Succession.@Nullable LastOwner last, Pins.Pin pin,
		Electorate electorate) {

	// leaves out its rounds, which change all the time
	ApplicationReport timeless() {
		return new ApplicationReport(this.name, this.placement, this.readiness, this.permitted, this.settled,
				(this.claim != null) ? this.claim.atRound(0) : null, (this.vote != null) ? this.vote.atRound(0) : null,
				this.seen, this.last, this.pin, this.electorate);
	}

}
