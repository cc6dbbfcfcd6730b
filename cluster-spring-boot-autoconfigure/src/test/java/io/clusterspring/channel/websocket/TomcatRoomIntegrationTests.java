package io.clusterspring.channel.websocket;

/**
 * More clients than a node takes, on Tomcat.
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
