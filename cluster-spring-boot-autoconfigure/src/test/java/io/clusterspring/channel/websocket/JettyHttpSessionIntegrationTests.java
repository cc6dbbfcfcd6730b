package io.clusterspring.channel.websocket;

/**
 * Tests for HTTP sessions on Jetty.
 */
class JettyHttpSessionIntegrationTests extends HttpSessionTestCases {

	JettyHttpSessionIntegrationTests() {
		super(JettyEndpointIntegrationTests.Jetty.class);
	}

}
