package io.clusterspring.channel.websocket;

/**
 * Tests for the limits of the endpoint on Tomcat's own upgrade API.
 */
class TomcatLimitIntegrationTests extends SocketLimitTestCases {

	TomcatLimitIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_450;
	}

	@Override
	boolean seesPings() {
		return true;
	}

}
