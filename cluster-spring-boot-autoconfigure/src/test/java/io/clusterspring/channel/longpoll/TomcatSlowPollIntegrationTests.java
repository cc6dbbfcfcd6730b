package io.clusterspring.channel.longpoll;

/**
 * Tests for long polling clients that do not read the answer, on Tomcat.
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
