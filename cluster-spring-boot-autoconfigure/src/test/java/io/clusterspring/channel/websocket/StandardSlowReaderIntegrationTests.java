package io.clusterspring.channel.websocket;

/**
 * Tests for clients that do not read, with Jakarta WebSocket.
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
