package io.clusterspring.inspect;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The answers of the nodes.
 *
 * @param items the items of all nodes, in order
 * @param next the last key if others follow, otherwise {@code null}
 * @param answered the nodes whose items these are
 * @param silent the nodes that have not answered
 */
public record Result(List<Item> items, @Nullable String next, List<Node> answered, List<Silent> silent) {

	/**
	 * A node that has not answered.
	 *
	 * @param reason why not
	 */
	public record Silent(Node node, String reason) {
	}

}
