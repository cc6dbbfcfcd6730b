package io.clusterspring.channel.websocket;

import java.time.Duration;
import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.websocket.ChannelEndpoint.SocketLimits;

/**
 * Tests for the portable endpoint with Jakarta WebSocket, on Tomcat.
 */
class StandardEndpointIntegrationTests extends ChannelEndpointTestCases {

	StandardEndpointIntegrationTests() {
		super(Standard.class);
	}

	@Override
	int clusterPort() {
		return 17_740;
	}

	@Configuration(proxyBeanMethods = false)
	static class Standard {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

		@Bean
		ChannelEndpoint channelEndpoint(ChannelServer server,
				@Value("${cluster.channels.max-message-size:1MB}") DataSize maxMessageSize,
				@Value("${cluster.channels.outbox-capacity:1MB}") DataSize outboxCapacity,
				@Value("${cluster.channels.outbox-timeout:30s}") Duration outboxTimeout,
				@Value("${cluster.channels.idle-timeout:60s}") Duration idleTimeout,
				@Value("${cluster.channels.max-sockets:1000}") int maxSockets) {
			return ChannelEndpoint.standard(server, new SocketLimits((int) maxMessageSize.toBytes(),
					(int) outboxCapacity.toBytes(), outboxTimeout, idleTimeout), List.of(), maxSockets);
		}

	}

}
