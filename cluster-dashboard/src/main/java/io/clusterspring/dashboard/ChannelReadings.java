package io.clusterspring.dashboard;

import java.util.List;

import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.server.ChannelStatistics;

/**
 * Figures of channels.
 */
record ChannelReadings(ChannelServer server) implements Readings {

	@Override
	public List<Reading> list() {
		ChannelStatistics statistics = this.server.statistics();
		return List.of(Reading.level("sockets", statistics::sockets), Reading.level("channels", statistics::channels),
				Reading.rate("connects", statistics::acceptedSockets),
				Reading.level("outboxBytes", statistics::outboxBytes));
	}

}
