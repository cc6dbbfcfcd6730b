package io.clusterspring.channel.websocket;

/**
 * Estimates how long the oldest frame has been waiting for a connection, without a
 * timestamp for each frame. The time of a frame starts at the first check after it was
 * queued. Used by one thread.
 */
final class WaitTime {

	private boolean waiting;

	private long since;

	private long end;

	/**
	 * Check the connection.
	 * @param written the number of bytes that were written so far
	 * @param offered the number of bytes that were queued so far, including the written
	 * @param now the time in nanoseconds
	 * @return a lower bound of the time that the oldest byte has been waiting, in
	 * nanoseconds
	 */
	long check(long written, long offered, long now) {
		if (!this.waiting || written >= this.end) {
			this.waiting = written < offered;
			this.since = now;
			this.end = offered;
		}
		return now - this.since;
	}

}
