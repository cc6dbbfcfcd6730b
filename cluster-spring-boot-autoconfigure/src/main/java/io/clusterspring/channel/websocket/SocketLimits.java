package io.clusterspring.channel.websocket;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What one connection may use.
 *
 * @param maxMessageSize the largest frame or fragmented message a client may send, in
 * bytes; a larger one closes the connection with code 1009
 * @param outboxCapacity how many bytes may wait for a client that does not read; more
 * close the connection with code 1008. A single frame may be larger
 * @param outboxTimeout how long a frame may wait for such a client; more closes the
 * connection with code 1008. Looked at every second or so, so a frame may wait twice as
 * long
 * @param idleTimeout how long a client may be silent; more closes the connection with
 * code 1002
 */
public record SocketLimits(int maxMessageSize, int outboxCapacity, Duration outboxTimeout, Duration idleTimeout) {

	public SocketLimits {
		Assert.isTrue(
				maxMessageSize > 0 && outboxCapacity > 0 && outboxTimeout.toNanos() > 0 && idleTimeout.toNanos() > 0,
				"Limits of a socket must be positive");
	}

}
