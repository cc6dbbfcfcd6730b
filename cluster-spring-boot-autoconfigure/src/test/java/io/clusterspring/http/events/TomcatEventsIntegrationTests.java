package io.clusterspring.http.events;

/**
 * Tests for server-sent events on Tomcat.
 */
class TomcatEventsIntegrationTests extends EventsTestCases {

	TomcatEventsIntegrationTests() {
		super(Application.class);
	}

}
