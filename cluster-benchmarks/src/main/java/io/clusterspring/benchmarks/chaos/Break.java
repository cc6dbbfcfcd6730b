package io.clusterspring.benchmarks.chaos;

/**
 * An interruption in the messages that a node received from another: missing messages, or
 * a long silence.
 *
 * @param sent when the last message before the interruption was sent
 * @param from when that message arrived
 * @param to when the first message after it arrived
 * @param first the number of the first missing message
 * @param missing how many messages did not arrive
 */
record Break(long sent, long from, long to, long first, long missing) {

	boolean covers(long number) {
		return number >= this.first && number < this.first + this.missing;
	}

}
