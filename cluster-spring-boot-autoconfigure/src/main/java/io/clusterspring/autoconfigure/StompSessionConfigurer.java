package io.clusterspring.autoconfigure;

import org.springframework.core.Ordered;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

import io.clusterspring.stomp.StompSessions;

/**
 * Registers the sessions of clients by the innermost decorator of Spring's handler.
 * Decorators of the application see the sessions unchanged.
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
