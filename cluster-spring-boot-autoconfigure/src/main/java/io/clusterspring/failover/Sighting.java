package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * What is known of one application on one node of the view.
 *
 * @param node the node
 * @param incarnation its life
 * @param leaving whether it is about to go
 * @param at when it was heard of last
 * @param load how many applications it runs
 * @param report what it says
 */
record Sighting(Node node, long incarnation, boolean leaving, Moment at, int load, ApplicationReport report) {

	Electorate electorate() {
		return this.report.electorate();
	}

	@Nullable Claim claim() {
		return this.report.claim();
	}

	boolean isHolder() {
		Claim claim = claim();
		return claim != null && claim.isHeld();
	}

	/**
	 * Return the token of the claim.
	 * @return the token, {@code 0} without a claim
	 */
	long token() {
		Claim claim = claim();
		return (claim != null) ? claim.token() : 0;
	}

	/**
	 * Return whether its claim comes before one of another node.
	 * @param token the token of the other claim
	 * @param claimer who made that
	 * @return {@code true} if the other claim has to go
	 */
	boolean outdoes(long token, Node claimer) {
		return claim() != null && (token() > token || (token() == token && this.node.compareTo(claimer) > 0));
	}

	/**
	 * Return a vote for its claim.
	 * @return the vote
	 */
	Vote vote() {
		Claim claim = claim();
		return new Vote(this.node, this.incarnation, token(), (claim != null) ? claim.round() : 0);
	}

	boolean isClaimer(Vote vote) {
		Claim claim = claim();
		return claim != null && vote.isFor(this.node, this.incarnation, claim.token());
	}

}
