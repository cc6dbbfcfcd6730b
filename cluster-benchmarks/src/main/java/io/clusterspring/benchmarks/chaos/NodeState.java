package io.clusterspring.benchmarks.chaos;

import java.util.List;
import java.util.Map;

/**
 * The report of a node about itself.
 *
 * @param sent how many messages it has published
 * @param heard the messages it received from all nodes, itself included
 * @param present how many entries each key of its presence list has
 */
record NodeState(long sent, List<Heard> heard, Map<String, Integer> present) {
}
