package io.clusterspring.channel.websocket;

/**
 * Tests for the maximum number of clients on Jetty.
 */
class JettyRoomIntegrationTests extends SocketRoomTestCases {

	JettyRoomIntegrationTests() {
		super(JettyEndpointIntegrationTests.Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_780;
	}

}
