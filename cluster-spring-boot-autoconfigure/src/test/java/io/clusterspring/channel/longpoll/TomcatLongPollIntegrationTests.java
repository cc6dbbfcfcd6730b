package io.clusterspring.channel.longpoll;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tests for long polling on Tomcat.
 */
class TomcatLongPollIntegrationTests extends LongPollTestCases {

	TomcatLongPollIntegrationTests() {
		super(Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_630;
	}

	@Configuration(proxyBeanMethods = false)
	static class Tomcat {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

	}

}
