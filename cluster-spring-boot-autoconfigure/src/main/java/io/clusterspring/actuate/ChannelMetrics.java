package io.clusterspring.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.channel.ChannelLimit;
import io.clusterspring.channel.ChannelServer;

/**
 * Meters of channels. None has a tag whose values could grow.
 */
public final class ChannelMetrics implements MeterBinder {

	private final ChannelServer server;

	/**
	 * Create the meters.
	 * @param server the channels
	 */
	public ChannelMetrics(ChannelServer server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("cluster.channels.binary.dropped", this.server, ChannelServer::lostBinaryPayloads)
			.description("Binary payloads lost for a client that cannot take any, counted for each such client")
			.register(registry);
		for (ChannelLimit limit : ChannelLimit.values()) {
			FunctionCounter
				.builder("cluster.channels.limited", this.server, (channels) -> channels.limits().count(limit))
				.tag("limit", limit.property())
				.description("Times a client has reached a limit")
				.register(registry);
		}
	}

}
