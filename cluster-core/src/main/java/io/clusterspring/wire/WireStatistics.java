package io.clusterspring.wire;

import java.time.Duration;

/**
 * Statistics of the frames of one kind since the node started, at one moment.
 *
 * @param sentFrames frames handed to the engine, each counted once for any number of
 * nodes
 * @param sentBytes their size
 * @param sendTime the total time that the engine took to accept them
 * @param receivedFrames frames that came from other nodes
 * @param receivedBytes their size
 * @param droppedFrames frames dropped because too many were waiting
 * @param malformedFrames frames that were not valid for this kind
 */
public record WireStatistics(long sentFrames, long sentBytes, Duration sendTime, long receivedFrames,
		long receivedBytes, long droppedFrames, long malformedFrames, long failedFrames, long waitingFrames) {
}
