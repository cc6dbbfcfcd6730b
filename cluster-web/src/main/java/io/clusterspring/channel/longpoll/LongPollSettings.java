package io.clusterspring.channel.longpoll;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The limits and timeouts of long polling.
 *
 * @param maxSessions the maximum number of sessions of a node; further clients get an
 * error and try again
 * @param bufferCapacity the maximum number of bytes that wait for a client; more end its
 * session. A single frame may be larger
 * @param maxRequestSize the maximum size of the body of a request, in bytes
 * @param pollTimeout the maximum time that a request waits for messages
 * @param sessionTimeout the maximum time that a session stays open without a request
 */
public record LongPollSettings(int maxSessions, int bufferCapacity, int maxRequestSize, Duration pollTimeout,
		Duration sessionTimeout) {

	public LongPollSettings {
		Assert.isTrue(maxSessions > 0 && bufferCapacity > 0 && maxRequestSize > 0,
				"Limits of long polling must be positive");
		Assert.isTrue(pollTimeout.toMillis() > 0 && sessionTimeout.toMillis() > 0,
				"Timeouts of long polling must be positive");
	}

}
