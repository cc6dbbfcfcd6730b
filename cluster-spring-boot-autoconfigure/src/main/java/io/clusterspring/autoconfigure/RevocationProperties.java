package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of how sockets and STOMP sessions are closed that lose their right.
 *
 * @param capacity Maximum number of disconnects and ends of HTTP sessions, of all nodes,
 * that a node remembers. Beyond that it forgets the oldest ones, and a socket that was
 * being opened since then is closed.
 * @param retention Time for which a node remembers them: a socket that is being opened
 * meanwhile is closed, and a node that joins is told of them. A socket that takes longer
 * to open is closed. At least twice cluster.failure-detection.timeout, whatever is set.
 */
record RevocationProperties(@DefaultValue("10000") int capacity, @DefaultValue("60s") Duration retention) {

	/**
	 * Return the time for which a node remembers. A node that is silent is told nothing,
	 * but stays in the view until that is detected: what happened meanwhile has to be
	 * remembered as well when the node comes back.
	 * @param detection the time after which a silent node leaves the view
	 * @return the configured time, or twice the time of the detection
	 */
	Duration retention(Duration detection) {
		Duration least = detection.multipliedBy(2);
		return (this.retention.compareTo(least) < 0) ? least : this.retention;
	}

}
