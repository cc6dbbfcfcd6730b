package io.clusterspring.channel;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What handlers may use.
 *
 * @param threadsPerSocket how many channels of one socket may be on a thread at the same
 * time, 0 for any number
 * @param threadsPerController how many channels of one controller may be on a thread at
 * the same time, 0 for any number
 * @param joinTimeout how long the stage of a join may take; then the join is refused with
 * reason {@code join timeout}
 * @param replyTimeout how long the stage of a reply may take; then the reply is an error
 * with reason {@code reply timeout}
 */
public record HandlerLimits(int threadsPerSocket, int threadsPerController, Duration joinTimeout,
		Duration replyTimeout) {

	/** As many threads as there are, and the defaults of the properties for the rest. */
	public static final HandlerLimits DEFAULT = new HandlerLimits(0, 0, Duration.ofSeconds(10), Duration.ofMinutes(1));

	public HandlerLimits {
		Assert.isTrue(threadsPerSocket >= 0 && threadsPerController >= 0, "Numbers of threads must not be negative");
		Assert.isTrue(joinTimeout.toMillis() > 0 && replyTimeout.toMillis() > 0, "Stages need time");
	}

	/**
	 * Return the limits with bounds that fit a pool, where none are given: an eighth of
	 * the threads for a socket, three quarters for a controller, and never all of them.
	 * @param threads how many threads the pool has
	 * @return the limits
	 */
	public HandlerLimits forThreads(int threads) {
		int most = Math.max(1, threads - 1);
		int socket = Math.min(most, Math.max(2, threads / 8));
		int controller = Math.min(most, Math.max(1, threads - threads / 4));
		return new HandlerLimits((this.threadsPerSocket > 0) ? this.threadsPerSocket : socket,
				(this.threadsPerController > 0) ? this.threadsPerController : controller, this.joinTimeout,
				this.replyTimeout);
	}

}
