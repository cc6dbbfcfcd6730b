package io.clusterspring.channel.longpoll;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What long polling may use.
 *
 * @param maxSessions how many sessions a node has at most; who wants one more is told to
 * try again
 * @param bufferCapacity how many bytes may wait for a client that does not poll; more end
 * its session. A single frame may be larger
 * @param maxRequestSize how many bytes the body of a request may have
 * @param pollTimeout how long a request waits for something to say
 * @param sessionTimeout how long a session stays without a request
 */
public record LongPollSettings(int maxSessions, int bufferCapacity, int maxRequestSize, Duration pollTimeout,
		Duration sessionTimeout) {

	public LongPollSettings {
		Assert.isTrue(maxSessions > 0 && bufferCapacity > 0 && maxRequestSize > 0,
				"Limits of long polling must be positive");
		Assert.isTrue(pollTimeout.toMillis() > 0 && sessionTimeout.toMillis() > 0,
				"Times of long polling must be positive");
	}

}
