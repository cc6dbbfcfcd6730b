package io.clusterspring.channel.longpoll;

/**
 * Clients that poll and do not read the answer, on Jetty.
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
