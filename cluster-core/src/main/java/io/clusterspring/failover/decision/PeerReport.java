package io.clusterspring.failover.decision;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.time.Moment;

/**
 * The latest report of one node of the view about one application.
 *
 * @param leaving whether the node is leaving
 * @param at when the report was received
 * @param load how many applications the node runs
 */
record PeerReport(Node node, long incarnation, boolean leaving, Moment at, int load, ApplicationReport report) {

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

	/** Return the token of the claim, {@code 0} without a claim. */
	long token() {
		Claim claim = claim();
		return (claim != null) ? claim.token() : 0;
	}

	/** Return the round of the claim, {@code 0} without a claim. */
	long round() {
		Claim claim = claim();
		return (claim != null) ? claim.round() : 0;
	}

	/** Return whether a claim of another node must be given up for that of this node. */
	boolean precedes(long token, Node claimer) {
		return claim() != null && (token() > token || (token() == token && this.node.compareTo(claimer) > 0));
	}

	/** Return a vote for the claim of this node. */
	Vote vote() {
		return new Vote(this.node, this.incarnation, token(), round());
	}

	boolean isClaimer(Vote vote) {
		return claim() != null && vote.isFor(this.node, this.incarnation, token());
	}

}
