package io.clusterspring.channel.websocket;

/**
 * More clients than a node takes, on Jetty.
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
