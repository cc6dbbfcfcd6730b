package io.clusterspring.channel.websocket;

/**
 * Tests for handshakes on Jetty.
 */
class JettyConnectIntegrationTests extends SocketConnectTestCases {

	JettyConnectIntegrationTests() {
		super(JettyEndpointIntegrationTests.Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_340;
	}

}
