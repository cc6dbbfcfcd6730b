package io.clusterspring.benchmarks.chaos;

import java.util.List;
import java.util.Map;

/**
 * What a node says of itself.
 *
 * @param sent how many messages it has published
 * @param heard what it heard of others, and of itself
 * @param present how many entries each key of its presence list has
 */
record NodeState(long sent, List<Heard> heard, Map<String, Integer> present) {
}
