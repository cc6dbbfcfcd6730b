package io.clusterspring.channel.longpoll;

import io.clusterspring.channel.HostileClient;
import io.clusterspring.channel.HostileClientTestCases;

/**
 * Tests with hostile long polling clients on Tomcat.
 */
class TomcatHostilePollIntegrationTests extends HostileClientTestCases {

	TomcatHostilePollIntegrationTests() {
		super(TomcatLongPollIntegrationTests.Tomcat.class);
	}

	@Override
	protected HostileClient connect(int port, String vsn) throws Exception {
		return new HostilePoller(port, vsn);
	}

	@Override
	protected int invalidUtf8Code() {
		return 1011;
	}

}
