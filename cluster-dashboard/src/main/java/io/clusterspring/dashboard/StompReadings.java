package io.clusterspring.dashboard;

import java.util.List;

import org.springframework.web.socket.config.WebSocketMessageBrokerStats;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/**
 * Figures of Spring's STOMP broker.
 */
record StompReadings(WebSocketMessageBrokerStats stats) implements Readings {

	@Override
	public List<Reading> list() {
		SubProtocolWebSocketHandler.Stats open = this.stats.getWebSocketSessionStats();
		return (open != null)
				? List.of(
						Reading.level("stompSessions",
								() -> open.getWebSocketSessions() + open.getHttpStreamingSessions()
										+ open.getHttpPollingSessions()),
						Reading.rate("stompConnects", open::getTotalSessions))
				: List.of();
	}

}
