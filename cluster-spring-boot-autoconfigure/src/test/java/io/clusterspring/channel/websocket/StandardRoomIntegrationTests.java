package io.clusterspring.channel.websocket;

/**
 * Tests for the maximum number of clients with Jakarta WebSocket.
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
