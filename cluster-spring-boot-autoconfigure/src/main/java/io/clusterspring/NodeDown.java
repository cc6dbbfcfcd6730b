package io.clusterspring;

/**
 * A node has left, has died or is out of reach.
 *
 * @param node the node
 * @param view the first view that shows it
 */
public record NodeDown(Node node, ClusterView view) implements ClusterEvent {
}
