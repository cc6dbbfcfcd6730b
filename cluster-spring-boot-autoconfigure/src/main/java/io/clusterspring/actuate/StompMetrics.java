package io.clusterspring.actuate;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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
 * Meters of Spring's STOMP broker and of its messages between nodes. The number of tag
 * values is fixed.
 */
public final class StompMetrics implements MeterBinder {

	private static final String SESSIONS = "cluster.stomp.sessions";

	private static final String FRAMES = "cluster.stomp.frames";

	private static final String CLOSED = "cluster.stomp.sessions.closed";

	private final WebSocketMessageBrokerStats stats;

	private final SimpUserRegistry users;

	private final @Nullable BrokerBridge bridge;

	private final ClusterUsers sessions;

	/**
	 * Create the meters.
	 * @param stats the statistics of Spring
	 * @param users the users of all nodes
	 * @param sessions the replication of users between nodes
	 * @param bridge the bridge to other nodes, {@code null} for no meters at all
	 */
	public StompMetrics(WebSocketMessageBrokerStats stats, SimpUserRegistry users, ClusterUsers sessions,
			@Nullable BrokerBridge bridge) {
		this.stats = stats;
		this.users = users;
		this.sessions = sessions;
		this.bridge = bridge;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		BrokerBridge bridged = this.bridge;
		if (bridged == null) {
			return;
		}
		FunctionCounter.builder("cluster.stomp.messages.sent", bridged, BrokerBridge::sent)
			.description("STOMP messages sent to other nodes")
			.register(registry);
		FunctionCounter.builder("cluster.stomp.messages.received", bridged, BrokerBridge::received)
			.description("STOMP messages from other nodes")
			.register(registry);
		Gauge.builder("cluster.stomp.users", this.users, SimpUserRegistry::getUserCount)
			.description("Users with STOMP sessions, on all nodes")
			.register(registry);
		dropped(registry, "changes", ClusterUsers::droppedChanges);
		dropped(registry, "events", ClusterUsers::droppedEvents);
		SubProtocolWebSocketHandler.Stats sessions = this.stats.getWebSocketSessionStats();
		if (sessions != null) {
			bindSessions(registry, sessions);
		}
		StompSubProtocolHandler.Stats frames = this.stats.getStompSubProtocolStats();
		if (frames != null) {
			frames(registry, frames, "connect", StompSubProtocolHandler.Stats::getTotalConnect);
			frames(registry, frames, "connected", StompSubProtocolHandler.Stats::getTotalConnected);
			frames(registry, frames, "disconnect", StompSubProtocolHandler.Stats::getTotalDisconnect);
		}
	}

	private static void bindSessions(MeterRegistry registry, SubProtocolWebSocketHandler.Stats stats) {
		open(registry, stats, "websocket", SubProtocolWebSocketHandler.Stats::getWebSocketSessions);
		open(registry, stats, "http-streaming", SubProtocolWebSocketHandler.Stats::getHttpStreamingSessions);
		open(registry, stats, "http-polling", SubProtocolWebSocketHandler.Stats::getHttpPollingSessions);
		FunctionCounter
			.builder("cluster.stomp.sessions.opened", stats, SubProtocolWebSocketHandler.Stats::getTotalSessions)
			.description("Sessions of this node that were opened")
			.register(registry);
		closed(registry, stats, "send-limit", SubProtocolWebSocketHandler.Stats::getLimitExceededSessions);
		closed(registry, stats, "no-messages", SubProtocolWebSocketHandler.Stats::getNoMessagesReceivedSessions);
		closed(registry, stats, "transport-error", SubProtocolWebSocketHandler.Stats::getTransportErrorSessions);
	}

	private void dropped(MeterRegistry registry, String queue, ToDoubleFunction<ClusterUsers> value) {
		FunctionCounter.builder("cluster.stomp.dropped", this.sessions, value)
			.tag("queue", queue)
			.description("Entries that were dropped because a queue was full")
			.register(registry);
	}

	private static void open(MeterRegistry registry, SubProtocolWebSocketHandler.Stats stats, String transport,
			ToDoubleFunction<SubProtocolWebSocketHandler.Stats> value) {
		Gauge.builder(SESSIONS, stats, value)
			.tag("transport", transport)
			.description("Sessions of this node that are open")
			.register(registry);
	}

	private static void closed(MeterRegistry registry, SubProtocolWebSocketHandler.Stats stats, String reason,
			ToDoubleFunction<SubProtocolWebSocketHandler.Stats> value) {
		FunctionCounter.builder(CLOSED, stats, value)
			.tag("reason", reason)
			.description("Sessions of this node that were closed because of an error")
			.register(registry);
	}

	private static void frames(MeterRegistry registry, StompSubProtocolHandler.Stats stats, String command,
			ToDoubleFunction<StompSubProtocolHandler.Stats> value) {
		FunctionCounter.builder(FRAMES, stats, value)
			.tag("command", command)
			.description("STOMP frames that begin or end sessions on this node")
			.register(registry);
	}

}
