package io.clusterspring.channel.websocket;

import org.springframework.util.Assert;

/**
 * What one connection may use.
 *
 * @param maxMessageSize the largest message a client may send, in bytes; a larger one
 * closes the connection with code 1009
 * @param outboxCapacity how many bytes may wait for a client that does not read; more
 * close the connection with code 1008. A single frame may be larger
 */
public record SocketLimits(int maxMessageSize, int outboxCapacity) {

	public SocketLimits {
		Assert.isTrue(maxMessageSize > 0 && outboxCapacity > 0, "Limits of a socket must be positive");
	}

}
