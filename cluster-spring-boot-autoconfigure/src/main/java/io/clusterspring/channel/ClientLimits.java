package io.clusterspring.channel;

import org.springframework.util.Assert;

/**
 * What clients may ask of the channels of a node.
 *
 * @param maxChannels how many channels a socket may have; one more join is answered with
 * reason {@code too many channels joined}
 * @param maxJoinSize how many bytes the payload of a join may have; a larger one is
 * answered with reason {@code join payload too large}
 * @param maxPendingSize how many bytes of messages may wait in the mailboxes of all
 * channels of a socket; those beyond are answered with reason {@code overloaded}, and
 * sixteen times as many may wait on the node for sockets that have closed
 * @param handshakesPerSecond how many handshakes the node takes, 0 for any number; those
 * beyond are refused with status 503
 * @param messagesPerSecond how many messages a socket may send, 0 for any number; those
 * beyond are answered with reason {@code rate_limited}, and as many again close the
 * socket
 * @param channelMessagesPerSecond how many of them may go to one channel, 0 for any
 * number
 */
public record ClientLimits(int maxChannels, int maxJoinSize, int maxPendingSize, int handshakesPerSecond,
		int messagesPerSecond, int channelMessagesPerSecond) {

	public ClientLimits {
		Assert.isTrue(maxChannels > 0 && maxJoinSize > 0 && maxPendingSize > 0, "Limits of a socket must be positive");
		Assert.isTrue(handshakesPerSecond >= 0 && messagesPerSecond >= 0 && channelMessagesPerSecond >= 0,
				"Rates must not be negative");
	}

}
