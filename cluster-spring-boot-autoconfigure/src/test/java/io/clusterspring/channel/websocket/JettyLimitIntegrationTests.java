package io.clusterspring.channel.websocket;

/**
 * Tests for the limits of the portable endpoint on Jetty.
 */
class JettyLimitIntegrationTests extends SocketLimitTestCases {

	JettyLimitIntegrationTests() {
		super(JettyEndpointIntegrationTests.Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_460;
	}

	@Override
	boolean seesPings() {
		return false;
	}

}
