package io.clusterspring.channel.longpoll;

/**
 * Tests for long polling clients that do not read the answer, on Jetty.
 */
class JettySlowPollIntegrationTests extends SlowPollTestCases {

	JettySlowPollIntegrationTests() {
		super(JettyLongPollIntegrationTests.Jetty.class);
	}

	@Override
	int clusterPort() {
		return 17_810;
	}

}
