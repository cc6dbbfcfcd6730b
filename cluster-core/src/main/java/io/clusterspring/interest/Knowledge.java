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

	/** Return whether a message of a topic may be left out for any node. */
	boolean mayLeaveOutAny(String topic, long now) {
		for (PeerTopics known : this.peers.values()) {
			if (known.isWithout(topic, now)) {
				return true;
			}
		}
		return false;
	}

	boolean mayLeaveOut(Node node, String topic, long now) {
		PeerTopics known = this.peers.get(node);
		return known != null && known.isWithout(topic, now);
	}

}
