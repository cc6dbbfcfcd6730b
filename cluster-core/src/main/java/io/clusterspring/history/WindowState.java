package io.clusterspring.history;

/**
 * The messages that a node has of one origin on one topic, as it tells other nodes.
 *
 * @param start the first number that the origin counts, 0 if it is not known
 * @param first the number of the first message that is kept, {@code last + 1} if none
 * @param last the number of the last message
 */
record WindowState(Origin origin, long start, long first, long last) {
}
