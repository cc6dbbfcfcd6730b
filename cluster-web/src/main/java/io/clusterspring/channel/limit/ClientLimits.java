package io.clusterspring.channel.limit;

import org.springframework.util.Assert;

/**
 * The limits of clients of a node's channels.
 *
 * @param maxChannels the maximum number of channels of a socket; further joins get an
 * error reply with reason {@code too many channels joined}
 * @param maxJoinSize the maximum size of the payload of a join, in bytes; larger ones get
 * an error reply with reason {@code join payload too large}
 * @param maxPendingSize the maximum size of the messages that wait in the mailboxes of
 * all channels of a socket, in bytes; further messages get an error reply with reason
 * {@code overloaded}; sixteen times as much may wait on the node for sockets that have
 * closed
 * @param handshakesPerSecond the maximum number of handshakes of the node in a second, 0
 * for no limit; further ones are refused with status 503
 * @param messagesPerSecond the maximum number of messages of a socket in a second, 0 for
 * no limit; further ones get an error reply with reason {@code rate_limited}, and the
 * socket is closed after as many refusals in a second
 * @param channelMessagesPerSecond the maximum number of messages of a socket to one
 * channel in a second, 0 for no limit
 */
public record ClientLimits(int maxChannels, int maxJoinSize, int maxPendingSize, int handshakesPerSecond,
		int messagesPerSecond, int channelMessagesPerSecond) {

	public ClientLimits {
		Assert.isTrue(maxChannels > 0 && maxJoinSize > 0 && maxPendingSize > 0, "Limits of a socket must be positive");
		Assert.isTrue(handshakesPerSecond >= 0 && messagesPerSecond >= 0 && channelMessagesPerSecond >= 0,
				"Rates must not be negative");
	}

}
