package io.clusterspring.benchmarks.chaos;

import java.util.List;

/**
 * The record a node has of one process.
 *
 * @param sender the name of its node
 * @param incarnation which of the processes that had the name
 * @param count how many messages arrived
 * @param firstTime when the first one did
 * @param last the greatest number among them
 * @param lastTime when that one arrived
 * @param repeated how many had arrived before
 * @param late how many came after ones with greater numbers
 * @param outside how many came though the node had told that the sender is gone
 * @param breaks where the stream was interrupted
 */
record Heard(String sender, long incarnation, long count, long firstTime, long last, long lastTime, long repeated,
		long late, long outside, List<Break> breaks) {
}
