package io.clusterspring.failure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests distributed applications in a partition: the owner is on one side, two nodes are
 * on the other.
 */
class FailoverPartitionIntegrationTests {

	@Test
	void withAQuorumItStopsInThePartWithoutBeforeItStartsInTheOther() throws Exception {
		try (NetworkNamespaces network = network(); FailoverNodes nodes = nodes(network, 28690, "majority")) {
			long cut = System.currentTimeMillis();
			network.cut(1);
			nodes.awaitRunningAt("n2");
			for (String application : List.of("a", "b")) {
				FailoverIntegrationTests.report("majority: start of " + application + " in the larger part",
						nodes.lastStart(application).time() - cut);
			}
			network.heal(1);
			nodes.awaitRunningAt("n1");
			assertThat(nodes.log().starts("a")).extracting(RunLog.Line::node).containsExactly("n1", "n2", "n1");
			nodes.assertNoOverlap();
		}
	}

	@Test
	void withoutAQuorumEachPartRunsItAndAllButOneStopWhenTheyMeet() throws Exception {
		try (NetworkNamespaces network = network(); FailoverNodes nodes = nodes(network, 28700, "none")) {
			network.cut(1);
			nodes.awaitRunningAt("n2");
			assertThat(nodes.log().overlaps()).extracting(RunLog.Line::node).containsOnly("n2");
			assertThat(nodes.log().lines("stop")).isEmpty();
			network.heal(1);
			await().atMost(NodeProcesses.PATIENCE).until(() -> nodes.log().stops("n1") == 2);
			nodes.awaitRunningAt("n1");
			assertThat(nodes.log().starts("a")).extracting(RunLog.Line::node).containsExactly("n1", "n2", "n1");
			assertThat(nodes.log().starts("a")).extracting(RunLog.Line::token).isSorted();
		}
	}

	private static NetworkNamespaces network() {
		NetworkNamespaces.require();
		return new NetworkNamespaces(3);
	}

	private static FailoverNodes nodes(NetworkNamespaces network, int port, String quorum) throws IOException {
		List<String> listed = NetworkNamespaces.nodes(3);
		FailoverNodes nodes = new FailoverNodes(port, listed, Duration.ofSeconds(1), quorum,
				FailoverIntegrationTests.LEASE);
		for (int number = 1; number <= 3; number++) {
			nodes.startAndAwait(listed.get(number - 1), network.prefix(number));
		}
		nodes.awaitRunningAt("n1");
		return nodes;
	}

}
