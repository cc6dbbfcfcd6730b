package io.clusterspring.channel;

import org.springframework.util.Assert;

/**
 * What the channels of a node may use.
 *
 * @param mailboxCapacity how many messages may wait for one channel; a client's message
 * beyond is answered with reason {@code overloaded}
 */
public record ChannelSettings(int mailboxCapacity) {

	public ChannelSettings {
		Assert.isTrue(mailboxCapacity > 0, "A mailbox needs a capacity");
	}

}
