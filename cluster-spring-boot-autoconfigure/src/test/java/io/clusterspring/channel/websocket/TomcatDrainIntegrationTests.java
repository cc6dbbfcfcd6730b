package io.clusterspring.channel.websocket;

/**
 * Tests for draining on Tomcat.
 */
class TomcatDrainIntegrationTests extends DrainTestCases {

	TomcatDrainIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_480;
	}

}
