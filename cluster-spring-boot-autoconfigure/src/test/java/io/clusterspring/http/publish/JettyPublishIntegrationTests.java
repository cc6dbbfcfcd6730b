package io.clusterspring.http.publish;

import io.clusterspring.http.HttpNodes;

/**
 * Tests for publishing by HTTP on Jetty.
 */
class JettyPublishIntegrationTests extends PublishTestCases {

	JettyPublishIntegrationTests() {
		super(Application.class, HttpNodes.Jetty.class);
	}

}
