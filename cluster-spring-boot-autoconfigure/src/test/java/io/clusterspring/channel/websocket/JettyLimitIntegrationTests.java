package io.clusterspring.channel.websocket;

/**
 * Limits of the portable endpoint.
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
