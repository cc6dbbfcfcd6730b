package io.clusterspring;

/**
 * A node has joined, or a partition that held it has healed.
 *
 * @param node the node
 * @param view the first view with it
 */
public record NodeUp(Node node, ClusterView view) implements ClusterEvent {
}
