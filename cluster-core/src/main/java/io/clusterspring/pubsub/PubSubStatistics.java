package io.clusterspring.pubsub;

import java.time.Duration;

/**
 * Statistics of the topics of this node since it started, at one moment.
 *
 * @param sentMessages messages handed to the engine for other nodes, each counted once
 * for any number of nodes
 * @param sentBytes their size as frames
 * @param sendTime the total time that the engine took to accept them
 * @param receivedMessages messages that came from other nodes
 * @param receivedBytes their size as frames
 * @param droppedMessages messages lost for a listener whose mailbox was full
 * @param waitingMessages messages that wait for listeners now
 */
public record PubSubStatistics(long sentMessages, long sentBytes, Duration sendTime, long receivedMessages,
		long receivedBytes, long droppedMessages, long waitingMessages) {
}
