package io.clusterspring.channel.websocket;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tests for the portable endpoint on Jetty.
 */
class JettyEndpointIntegrationTests extends ChannelEndpointTestCases {

	JettyEndpointIntegrationTests() {
		super(Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_320;
	}

	@Configuration(proxyBeanMethods = false)
	static class Jetty {

		@Bean
		JettyServletWebServerFactory webServerFactory() {
			return new JettyServletWebServerFactory();
		}

	}

}
