package io.clusterspring.channel.limit;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The limits of handlers.
 *
 * @param threadsPerSocket the maximum number of threads that run channels of one socket
 * at the same time, 0 for no limit
 * @param threadsPerController the maximum number of threads that run channels of one
 * controller at the same time, 0 for no limit
 * @param joinTimeout the time until the stage that decides a join must complete; after
 * that, the join is refused with reason {@code join timeout}
 * @param replyTimeout the time until the stage of a reply must complete; after that, the
 * client gets an error reply with reason {@code reply timeout}
 * @param maxTimers the maximum number of timers of a channel; a further one is rejected
 */
public record HandlerLimits(int threadsPerSocket, int threadsPerController, Duration joinTimeout, Duration replyTimeout,
		int maxTimers) {

	private static final int MAX_TIMERS = 100;

	/** No limits of threads, and the default timeouts of the properties. */
	public static final HandlerLimits DEFAULT = new HandlerLimits(0, 0, Duration.ofSeconds(10), Duration.ofMinutes(1));

	public HandlerLimits {
		Assert.isTrue(threadsPerSocket >= 0 && threadsPerController >= 0, "Numbers of threads must not be negative");
		Assert.isTrue(joinTimeout.toMillis() > 0 && replyTimeout.toMillis() > 0,
				"Timeouts of stages must be at least 1 ms");
		Assert.isTrue(maxTimers >= 0, "The number of timers must not be negative");
	}

	/**
	 * Create limits with the default number of timers.
	 * @param threadsPerSocket the maximum number of threads for one socket, 0 for no
	 * limit
	 * @param threadsPerController the maximum number of threads for one controller, 0 for
	 * no limit
	 * @param joinTimeout the time until the stage that decides a join must complete
	 * @param replyTimeout the time until the stage of a reply must complete
	 */
	public HandlerLimits(int threadsPerSocket, int threadsPerController, Duration joinTimeout, Duration replyTimeout) {
		this(threadsPerSocket, threadsPerController, joinTimeout, replyTimeout, MAX_TIMERS);
	}

	/**
	 * Return these limits, with the missing limits of threads derived from the size of
	 * the pool: an eighth of its threads for a socket, three quarters for a controller,
	 * and never all of them.
	 */
	public HandlerLimits forThreads(int threads) {
		int most = Math.max(1, threads - 1);
		int socket = Math.min(most, Math.max(2, threads / 8));
		int controller = Math.min(most, Math.max(1, threads - threads / 4));
		return new HandlerLimits((this.threadsPerSocket > 0) ? this.threadsPerSocket : socket,
				(this.threadsPerController > 0) ? this.threadsPerController : controller, this.joinTimeout,
				this.replyTimeout, this.maxTimers);
	}

}
