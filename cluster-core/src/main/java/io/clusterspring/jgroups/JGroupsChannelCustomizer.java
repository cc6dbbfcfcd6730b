package io.clusterspring.jgroups;

import org.jgroups.JChannel;

/**
 * Changes the channel before it connects: its protocols, such as their timeouts. Beans of
 * this type are applied in order.
 */
@FunctionalInterface
public interface JGroupsChannelCustomizer {

	/**
	 * Customize the channel.
	 * @param channel the channel, not yet connected
	 */
	void customize(JChannel channel);

}
