package io.clusterspring.channel.websocket;

/**
 * Tests for the maximum number of clients on Tomcat.
 */
class TomcatRoomIntegrationTests extends SocketRoomTestCases {

	TomcatRoomIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_770;
	}

}
