package io.clusterspring.interest;

import java.util.Map;

import io.clusterspring.Node;

/**
 * The knowledge of a publisher about the other nodes. Immutable but for the topics.
 *
 * @param view the number of the view that it is of
 * @param peers the nodes whose interests are known completely
 */
record Knowledge(long view, Map<Node, PeerTopics> peers) {

	/** Return whether a message may be left out for any node. */
	boolean mayLeaveOutAny(Absence absence, long now) {
		for (PeerTopics known : this.peers.values()) {
			if (absence.isSure(known, now)) {
				return true;
			}
		}
		return false;
	}

	boolean mayLeaveOut(Node node, Absence absence, long now) {
		PeerTopics known = this.peers.get(node);
		return known != null && absence.isSure(known, now);
	}

	/** Tells of which nodes it is sure that they do not need a message. */
	@FunctionalInterface
	interface Absence {

		boolean isSure(PeerTopics peer, long now);

	}

}
