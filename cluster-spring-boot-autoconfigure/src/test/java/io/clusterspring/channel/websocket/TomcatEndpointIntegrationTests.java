package io.clusterspring.channel.websocket;

import org.springframework.context.annotation.Configuration;

/**
 * Tests for the endpoint on Tomcat's own upgrade API.
 */
class TomcatEndpointIntegrationTests extends ChannelEndpointTestCases {

	TomcatEndpointIntegrationTests() {
		super(Nothing.class);
	}

	@Override
	int clusterPort() {
		return 17_310;
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
