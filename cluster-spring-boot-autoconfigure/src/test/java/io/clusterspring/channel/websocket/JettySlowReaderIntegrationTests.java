package io.clusterspring.channel.websocket;

/**
 * Clients that do not read, on Jetty.
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
