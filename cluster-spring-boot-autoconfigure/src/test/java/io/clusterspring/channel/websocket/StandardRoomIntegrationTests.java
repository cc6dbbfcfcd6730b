package io.clusterspring.channel.websocket;

/**
 * More clients than a node takes, on a server that has nothing but Jakarta WebSocket.
 */
class StandardRoomIntegrationTests extends SocketRoomTestCases {

	StandardRoomIntegrationTests() {
		super(StandardEndpointIntegrationTests.Standard.class);
	}

	@Override
	int clusterPort() {
		return 17_790;
	}

}
