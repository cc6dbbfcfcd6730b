package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.server.ChannelStatistics;
import io.clusterspring.channel.socket.RefreshOutcome;
import io.clusterspring.channel.socket.SocketRefusal;

/**
 * Meters of channels.
 */
record ChannelMetrics(ChannelServer server) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<ChannelStatistics> meters = new Meters<>(registry, this.server.statistics());
		meters.gauge("cluster.channels.sockets", "Connected clients", ChannelStatistics::sockets);
		meters.gauge("cluster.channels.joined", "Topics joined, counted for each client", ChannelStatistics::channels);
		meters.size("cluster.channels.outbox", "Data that waits to be sent to clients", ChannelStatistics::outboxBytes);
		meters.counter("cluster.channels.accepted", "Clients that were accepted", ChannelStatistics::acceptedSockets);
		for (SocketRefusal reason : SocketRefusal.values()) {
			meters.counter("cluster.channels.refused", "Clients that were refused",
					(statistics) -> statistics.refusedSockets(reason), "reason", reason.tag());
		}
		meters.counter("cluster.channels.expired", "Sockets that were closed because their time was over",
				ChannelStatistics::expiredSockets);
		for (RefreshOutcome outcome : RefreshOutcome.values()) {
			meters.counter("cluster.channels.refreshes", "Refreshes of the right to be connected",
					(statistics) -> statistics.refreshes(outcome), "outcome", outcome.tag());
		}
		meters.counter("cluster.channels.crashes", "Calls of handlers that have failed", ChannelStatistics::crashes);
		bindLosses(new Meters<>(registry, this.server));
	}

	private static void bindLosses(Meters<ChannelServer> meters) {
		meters.counter("cluster.channels.binary.dropped",
				"Binary payloads lost for a client that cannot receive them, counted for each such client",
				ChannelServer::lostBinaryPayloads);
		for (ChannelLimit limit : ChannelLimit.values()) {
			meters.counter("cluster.channels.limited", "Times that a client has reached a limit",
					(channels) -> channels.limits().count(limit), "limit", limit.property());
		}
	}

}
