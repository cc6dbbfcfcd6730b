package io.clusterspring.channel.longpoll;

/**
 * Tests for clients that come back, on Jetty.
 */
class JettyCatchUpIntegrationTests extends CatchUpTestCases {

	JettyCatchUpIntegrationTests() {
		super(JettyLongPollIntegrationTests.Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_825;
	}

}
