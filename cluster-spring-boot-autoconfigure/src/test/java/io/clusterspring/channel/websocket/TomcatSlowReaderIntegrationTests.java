package io.clusterspring.channel.websocket;

/**
 * Clients that do not read, on Tomcat.
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
