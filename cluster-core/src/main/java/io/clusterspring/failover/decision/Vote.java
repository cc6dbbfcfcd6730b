package io.clusterspring.failover.decision;

import io.clusterspring.Node;

/**
 * The vote of a node for a claim.
 *
 * @param round the latest round of the claim that the voter received
 */
record Vote(Node node, long incarnation, long token, long round) {

	boolean isFor(Node other, long life, long claim) {
		return this.node.equals(other) && this.incarnation == life && this.token == claim;
	}

	Vote atRound(long other) {
		return new Vote(this.node, this.incarnation, this.token, other);
	}

}
