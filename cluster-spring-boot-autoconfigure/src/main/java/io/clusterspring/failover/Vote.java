package io.clusterspring.failover;

import io.clusterspring.Node;

/**
 * For whom a node votes.
 *
 * @param node the node
 * @param incarnation the life of the node
 * @param token the token of its claim
 * @param round the round of the claim that was heard
 */
record Vote(Node node, long incarnation, long token, long round) {

	boolean isFor(Node other, long life, long claim) {
		return this.node.equals(other) && this.incarnation == life && this.token == claim;
	}

	Vote atRound(long other) {
		return new Vote(this.node, this.incarnation, this.token, other);
	}

}
