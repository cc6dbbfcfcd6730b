package io.clusterspring.autoconfigure;

import org.springframework.core.Ordered;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

import io.clusterspring.stomp.StompSessions;

/**
 * Lets the sessions of clients be known, next to Spring's handler: what the application
 * puts around it sees the sessions as they are.
 */
class StompSessionConfigurer implements WebSocketMessageBrokerConfigurer, Ordered {

	private final StompSessions sessions;

	StompSessionConfigurer(StompSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
		registry.addDecoratorFactory(this.sessions::decorate);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
