package io.clusterspring.channel.websocket;

/**
 * Tests for HTTP sessions on Tomcat.
 */
class TomcatHttpSessionIntegrationTests extends HttpSessionTestCases {

	TomcatHttpSessionIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

}
