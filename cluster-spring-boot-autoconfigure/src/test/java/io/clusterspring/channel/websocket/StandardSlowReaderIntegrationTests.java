package io.clusterspring.channel.websocket;

/**
 * Clients that do not read, where the server has nothing but Jakarta WebSocket.
 */
class StandardSlowReaderIntegrationTests extends SlowReaderTestCases {

	StandardSlowReaderIntegrationTests() {
		super(StandardEndpointIntegrationTests.Standard.class);
	}

	@Override
	int clusterPort() {
		return 17_750;
	}

}
