package io.clusterspring.channel.websocket;

/**
 * Tests for handshakes on Tomcat.
 */
class TomcatConnectIntegrationTests extends SocketConnectTestCases {

	TomcatConnectIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_330;
	}

}
