package io.clusterspring.benchmarks.chaos;

/**
 * An interruption in what a node heard of another: messages that are missing, or a long
 * silence.
 *
 * @param sent when the last message before it was sent
 * @param from when that one arrived
 * @param to when the first message after it arrived
 * @param first the number that was to come next
 * @param missing how many messages did not come
 */
record Break(long sent, long from, long to, long first, long missing) {

	boolean covers(long number) {
		return number >= this.first && number < this.first + this.missing;
	}

}
