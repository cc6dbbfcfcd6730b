package io.clusterspring.pubsub;

import java.time.Duration;

/**
 * What the topics of this node have done since it started, at one moment.
 *
 * @param sentMessages messages handed to the engine for other nodes, each counted once
 * whatever the number of nodes
 * @param sentBytes their size as frames
 * @param sendTime how long the engine took to take them
 * @param receivedMessages messages that came from other nodes
 * @param receivedBytes their size as frames
 * @param droppedMessages messages lost for a listener whose mailbox was full
 * @param waitingMessages messages that wait for listeners now
 */
public record PubSubStatistics(long sentMessages, long sentBytes, Duration sendTime, long receivedMessages,
		long receivedBytes, long droppedMessages, long waitingMessages) {
}
