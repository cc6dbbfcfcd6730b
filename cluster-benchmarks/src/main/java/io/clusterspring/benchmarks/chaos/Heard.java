package io.clusterspring.benchmarks.chaos;

import java.util.List;

/**
 * The record that a node has of the messages of one process.
 *
 * @param sender the name of its node
 * @param incarnation the incarnation of that node
 * @param count how many messages arrived
 * @param firstTime when the first message arrived
 * @param last the greatest number of a message
 * @param repeated how many had arrived before
 * @param late how many arrived after messages with greater numbers
 * @param outside how many arrived although the sender was not in the node's view
 * @param breaks the interruptions
 */
record Heard(String sender, long incarnation, long count, long firstTime, long last, long repeated, long late,
		long outside, List<Break> breaks) {
}
