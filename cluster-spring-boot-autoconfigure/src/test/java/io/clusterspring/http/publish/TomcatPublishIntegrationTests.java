package io.clusterspring.http.publish;

/**
 * Tests for publishing by HTTP on Tomcat.
 */
class TomcatPublishIntegrationTests extends PublishTestCases {

	TomcatPublishIntegrationTests() {
		super(Application.class);
	}

}
