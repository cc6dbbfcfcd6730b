package io.clusterspring;

import java.util.List;

import org.springframework.util.Assert;

/**
 * The nodes of the cluster, as agreed by its members.
 *
 * @param id a number that grows with every view this node has seen; ids of different
 * nodes cannot be compared
 * @param nodes the members, the oldest first, never empty
 */
public record ClusterView(long id, List<Node> nodes) {

	public ClusterView {
		nodes = List.copyOf(nodes);
		Assert.notEmpty(nodes, "A view holds at least the node that sees it");
	}

	/**
	 * Return the oldest member, which installs the next view.
	 * @return the coordinator
	 */
	public Node coordinator() {
		return this.nodes.get(0);
	}

	/**
	 * Return whether the node is a member.
	 * @param node the node to look for
	 * @return {@code true} if it is in this view
	 */
	public boolean contains(Node node) {
		return this.nodes.contains(node);
	}

}
