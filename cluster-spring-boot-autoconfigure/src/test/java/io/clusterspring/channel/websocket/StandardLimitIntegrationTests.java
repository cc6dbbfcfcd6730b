package io.clusterspring.channel.websocket;

/**
 * Tests for the limits of the portable endpoint with Jakarta WebSocket.
 */
class StandardLimitIntegrationTests extends SocketLimitTestCases {

	StandardLimitIntegrationTests() {
		super(StandardEndpointIntegrationTests.Standard.class);
	}

	@Override
	int clusterPort() {
		return 17_760;
	}

	@Override
	boolean seesPings() {
		return false;
	}

}
