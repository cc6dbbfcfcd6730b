package io.clusterspring.channel.websocket;

/**
 * Tests for draining on Jetty.
 */
class JettyDrainIntegrationTests extends DrainTestCases {

	JettyDrainIntegrationTests() {
		super(JettyEndpointIntegrationTests.Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_490;
	}

}
