package io.clusterspring.channel.websocket;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The limits of one WebSocket connection.
 *
 * @param maxMessageSize the maximum size of a frame or fragmented message of a client, in
 * bytes; a larger one closes the connection with code 1009
 * @param outboxCapacity the maximum number of bytes that wait to be sent to a client;
 * more close the connection with code 1008. A single frame may be larger
 * @param outboxTimeout the maximum time that a frame waits to be sent to a client; after
 * that the connection is closed with code 1008. It is checked about once a second, so a
 * frame may wait longer, up to twice this time
 * @param idleTimeout the maximum time without data from a client; after that the
 * connection is closed with code 1002
 */
public record SocketLimits(int maxMessageSize, int outboxCapacity, Duration outboxTimeout, Duration idleTimeout) {

	public SocketLimits {
		Assert.isTrue(
				maxMessageSize > 0 && outboxCapacity > 0 && outboxTimeout.toNanos() > 0 && idleTimeout.toNanos() > 0,
				"Limits of a socket must be positive");
	}

}
