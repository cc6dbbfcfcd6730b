package io.clusterspring.channel.websocket;

/**
 * Tests for clients that do not read, on Tomcat.
 */
class TomcatSlowReaderIntegrationTests extends SlowReaderTestCases {

	TomcatSlowReaderIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_700;
	}

}
