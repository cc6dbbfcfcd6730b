package io.clusterspring.channel.websocket;

/**
 * What waited for a connection at a glance, to tell at later ones how long its oldest
 * frame has been waiting, without a time for each frame. A frame that came between two
 * glances counts from the later one. Looked at by one thread.
 */
final class Backlog {

	private boolean waiting;

	private long since;

	private long end;

	/**
	 * Take a glance.
	 * @param written how many bytes the connection has taken so far
	 * @param offered how many it has been offered so far
	 * @param now the time in nanoseconds
	 * @return for how many nanoseconds at least the oldest byte has been waiting
	 */
	long look(long written, long offered, long now) {
		if (!this.waiting || written >= this.end) {
			this.waiting = written < offered;
			this.since = now;
			this.end = offered;
		}
		return now - this.since;
	}

}
