package io.clusterspring.http.events;

import io.clusterspring.http.HttpNodes;

/**
 * Tests for server-sent events on Jetty.
 */
class JettyEventsIntegrationTests extends EventsTestCases {

	JettyEventsIntegrationTests() {
		super(Application.class, HttpNodes.Jetty.class);
	}

}
