package io.clusterspring.stomp;

import org.junit.jupiter.api.AfterAll;

import io.clusterspring.local.LocalNetwork;

/**
 * Tests for the bridge on two nodes of an in-memory network.
 */
class LocalStompBridgeIntegrationTests extends StompBridgeTestCases {

	private final LocalNetwork network = new LocalNetwork("stomp");

	@Override
	StompNode start(String node) {
		return StompNode.start(node, this.network, StompApp.class,
				"--cluster.stomp.local-destinations=/topic/local/**");
	}

	@AfterAll
	void closeNetwork() {
		this.network.close();
	}

}
