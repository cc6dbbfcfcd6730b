package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.web.socket.config.WebSocketMessageBrokerStats;
import org.springframework.web.socket.messaging.StompSubProtocolHandler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

import io.clusterspring.stomp.BrokerBridge;
import io.clusterspring.stomp.ClusterUsers;

/**
 * Meters of Spring's STOMP broker and of its messages between nodes.
 *
 * @param stats the statistics of Spring
 * @param sessions the replication of users between nodes
 */
record StompMetrics(WebSocketMessageBrokerStats stats, SimpUserRegistry users, ClusterUsers sessions,
		@Nullable BrokerBridge bridge) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		BrokerBridge bridged = this.bridge;
		if (bridged == null) {
			return;
		}
		Meters<BrokerBridge> crossing = new Meters<>(registry, bridged);
		crossing.counter("cluster.stomp.messages.sent", "STOMP messages sent to other nodes", BrokerBridge::sent);
		crossing.counter("cluster.stomp.messages.received", "STOMP messages from other nodes", BrokerBridge::received);
		new Meters<>(registry, this.users).gauge("cluster.stomp.users", "Users with STOMP sessions, on all nodes",
				SimpUserRegistry::getUserCount);
		bindQueues(new Meters<>(registry, this.sessions));
		SubProtocolWebSocketHandler.Stats open = this.stats.getWebSocketSessionStats();
		if (open != null) {
			bindSessions(new Meters<>(registry, open));
		}
		StompSubProtocolHandler.Stats frames = this.stats.getStompSubProtocolStats();
		if (frames != null) {
			bindFrames(new Meters<>(registry, frames));
		}
	}

	private static void bindQueues(Meters<ClusterUsers> meters) {
		String name = "cluster.stomp.dropped";
		String description = "Entries that were dropped because a queue was full";
		meters.counter(name, description, ClusterUsers::droppedChanges, "queue", "changes");
		meters.counter(name, description, ClusterUsers::droppedEvents, "queue", "events");
	}

	private static void bindSessions(Meters<SubProtocolWebSocketHandler.Stats> meters) {
		String open = "cluster.stomp.sessions";
		String description = "Sessions of this node that are open";
		meters.gauge(open, description, SubProtocolWebSocketHandler.Stats::getWebSocketSessions, "transport",
				"websocket");
		meters.gauge(open, description, SubProtocolWebSocketHandler.Stats::getHttpStreamingSessions, "transport",
				"http-streaming");
		meters.gauge(open, description, SubProtocolWebSocketHandler.Stats::getHttpPollingSessions, "transport",
				"http-polling");
		meters.counter("cluster.stomp.sessions.opened", "Sessions of this node that were opened",
				SubProtocolWebSocketHandler.Stats::getTotalSessions);
		String closed = "cluster.stomp.sessions.closed";
		String cause = "Sessions of this node that were closed because of an error";
		meters.counter(closed, cause, SubProtocolWebSocketHandler.Stats::getLimitExceededSessions, "reason",
				"send-limit");
		meters.counter(closed, cause, SubProtocolWebSocketHandler.Stats::getNoMessagesReceivedSessions, "reason",
				"no-messages");
		meters.counter(closed, cause, SubProtocolWebSocketHandler.Stats::getTransportErrorSessions, "reason",
				"transport-error");
	}

	private static void bindFrames(Meters<StompSubProtocolHandler.Stats> meters) {
		String name = "cluster.stomp.frames";
		String description = "STOMP frames that begin or end sessions on this node";
		meters.counter(name, description, StompSubProtocolHandler.Stats::getTotalConnect, "command", "connect");
		meters.counter(name, description, StompSubProtocolHandler.Stats::getTotalConnected, "command", "connected");
		meters.counter(name, description, StompSubProtocolHandler.Stats::getTotalDisconnect, "command", "disconnect");
	}

}
