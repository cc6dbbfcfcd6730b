package io.clusterspring.channel.websocket;

import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoint on Tomcat's own upgrade API.
 */
class TomcatEndpointIntegrationTests extends ChannelEndpointTestCases {

	TomcatEndpointIntegrationTests() {
		super(Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_310;
	}

	@Test
	void acceptsNoCompression() throws Exception {
		try (RawClient client = connect("Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
			assertThat(client.response).doesNotContainIgnoringCase("sec-websocket-extensions");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Tomcat {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

	}

}
