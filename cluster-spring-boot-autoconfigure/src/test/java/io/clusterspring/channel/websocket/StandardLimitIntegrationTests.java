package io.clusterspring.channel.websocket;

/**
 * Limits of the portable endpoint where the server has nothing but Jakarta WebSocket.
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
