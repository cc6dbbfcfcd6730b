package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AutoClose;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.local.LocalNetwork;

/**
 * The contract of topics over the network for tests, if each topic has a history.
 */
class LocalKeptPubSubTests extends PubSubContractTests {

	static final List<HistorySettings> EVERY_TOPIC = List
		.of(new HistorySettings("all", List.of("*"), 100_000, Duration.ofHours(1), 500_000_000));

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("kept");

	@Override
	protected ClusterTransport transport(Node node) {
		return this.network.transport(node);
	}

	@Override
	protected List<HistorySettings> histories() {
		return EVERY_TOPIC;
	}

}
