package io.clusterspring.stomp;

import org.junit.jupiter.api.AfterAll;

import io.clusterspring.local.LocalNetwork;

/**
 * Two nodes on a network in memory.
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
