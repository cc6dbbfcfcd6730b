package io.clusterspring.channel.longpoll;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tests for long polling on Jetty.
 */
class JettyLongPollIntegrationTests extends LongPollTestCases {

	JettyLongPollIntegrationTests() {
		super(Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_640;
	}

	@Configuration(proxyBeanMethods = false)
	static class Jetty {

		@Bean
		JettyServletWebServerFactory webServerFactory() {
			return new JettyServletWebServerFactory();
		}

	}

}
