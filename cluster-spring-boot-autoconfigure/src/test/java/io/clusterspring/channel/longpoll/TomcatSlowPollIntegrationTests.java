package io.clusterspring.channel.longpoll;

/**
 * Clients that poll and do not read the answer, on Tomcat.
 */
class TomcatSlowPollIntegrationTests extends SlowPollTestCases {

	TomcatSlowPollIntegrationTests() {
		super(TomcatLongPollIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_800;
	}

}
