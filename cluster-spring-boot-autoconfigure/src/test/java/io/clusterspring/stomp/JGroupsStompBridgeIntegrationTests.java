package io.clusterspring.stomp;

/**
 * Tests for the bridge on two nodes with JGroups.
 */
class JGroupsStompBridgeIntegrationTests extends StompBridgeTestCases {

	@Override
	StompNode start(String node) {
		return StompNode.start(node, null, StompApp.class, "--cluster.name=stomp-bridge", "--cluster.port=17610",
				"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1",
				"--cluster.stomp.local-destinations=/topic/local/**");
	}

}
