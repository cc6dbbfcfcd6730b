package io.clusterspring.channel.websocket;

/**
 * Tests for clients that do not read, on Jetty.
 */
class JettySlowReaderIntegrationTests extends SlowReaderTestCases {

	JettySlowReaderIntegrationTests() {
		super(JettyEndpointIntegrationTests.Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_710;
	}

}
