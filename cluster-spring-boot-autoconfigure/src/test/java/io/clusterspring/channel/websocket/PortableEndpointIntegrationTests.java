package io.clusterspring.channel.websocket;

import java.util.List;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.channel.ChannelServer;

/**
 * Tests for the endpoint that works on every server, here on Tomcat.
 */
class PortableEndpointIntegrationTests extends ChannelEndpointTestCases {

	PortableEndpointIntegrationTests() {
		super(Portable.class);
	}

	@Override
	int clusterPort() {
		return 17_320;
	}

	@Configuration(proxyBeanMethods = false)
	static class Portable {

		@Bean
		ChannelEndpoint channelEndpoint(ChannelServer server, @Qualifier("clusterTaskExecutor") Executor executor) {
			return ChannelEndpoint.portable(server, new SocketLimits(100 * 1024, 256 * 1024), List.of(), executor);
		}

	}

}
