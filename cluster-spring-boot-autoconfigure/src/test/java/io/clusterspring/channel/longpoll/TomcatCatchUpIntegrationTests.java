package io.clusterspring.channel.longpoll;

/**
 * Tests for clients that come back, on Tomcat.
 */
class TomcatCatchUpIntegrationTests extends CatchUpTestCases {

	TomcatCatchUpIntegrationTests() {
		super(TomcatLongPollIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_815;
	}

}
