package io.clusterspring;

/**
 * A node has left, has died or cannot be reached.
 *
 * @param node the node
 * @param view the first view without it
 */
public record NodeDown(Node node, ClusterView view) implements ClusterEvent {
}
