package io.clusterspring.actuate;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelLimit;
import io.clusterspring.channel.ChannelServer;
import io.clusterspring.channel.ChannelStatistics;
import io.clusterspring.channel.SocketRefusal;

/**
 * Meters of channels. The number of tag values is fixed.
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
		gauge(registry, "cluster.channels.sockets", "Connected clients", null, ChannelStatistics::sockets);
		gauge(registry, "cluster.channels.joined", "Topics joined, counted for each client", null,
				ChannelStatistics::channels);
		gauge(registry, "cluster.channels.outbox", "Data that waits to be sent to clients", "bytes",
				ChannelStatistics::outboxBytes);
		counter(registry, "cluster.channels.accepted", "Clients that were " + "accepted",
				ChannelStatistics::acceptedSockets);
		for (SocketRefusal reason : SocketRefusal.values()) {
			FunctionCounter
				.builder("cluster.channels.refused", this.server.statistics(),
						(statistics) -> statistics.refusedSockets(reason))
				.tag("reason", reason.tag())
				.description("Clients that were refused")
				.register(registry);
		}
		counter(registry, "cluster.channels.crashes", "Calls of handlers that have " + "failed",
				ChannelStatistics::crashes);
		FunctionCounter.builder("cluster.channels.binary.dropped", this.server, ChannelServer::lostBinaryPayloads)
			.description("Binary payloads lost for a client that cannot receive them, counted for each such client")
			.register(registry);
		for (ChannelLimit limit : ChannelLimit.values()) {
			FunctionCounter
				.builder("cluster.channels.limited", this.server, (channels) -> channels.limits().count(limit))
				.tag("limit", limit.property())
				.description("Times that a client has reached a limit")
				.register(registry);
		}
	}

	private void gauge(MeterRegistry registry, String name, String description, @Nullable String unit,
			ToDoubleFunction<ChannelStatistics> value) {
		Gauge.builder(name, this.server.statistics(), value).description(description).baseUnit(unit).register(registry);
	}

	private void counter(MeterRegistry registry, String name, String description,
			ToDoubleFunction<ChannelStatistics> value) {
		FunctionCounter.builder(name, this.server.statistics(), value).description(description).register(registry);
	}

}
