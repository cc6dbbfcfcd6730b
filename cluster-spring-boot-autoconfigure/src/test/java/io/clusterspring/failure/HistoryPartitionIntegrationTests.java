package io.clusterspring.failure;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a topic with history in a network that is divided in two and heals, while all
 * nodes publish.
 */
class HistoryPartitionIntegrationTests {

	private static final List<String> NAMES = List.of("n1", "n2", "n3");

	private static final int RATE = 200;

	private static final Duration APART = Duration.ofSeconds(8);

	@Test
	void allNodesEndWithTheMessagesOfBothSidesOnceAndInOrder() throws Exception {
		NetworkNamespaces.require();
		List<String> listed = NetworkNamespaces.nodes(3);
		try (NetworkNamespaces network = new NetworkNamespaces(3);
				NodeProcesses nodes = new NodeProcesses(28950, NodeLimits.DEFAULT.detection(), listed)) {
			for (int number = 1; number <= 3; number++) {
				nodes.start(listed.get(number - 1), network.prefix(number), List.of("-Dhistory=50000"));
			}
			nodes.awaitAll();
			nodes.tellAll("publish " + RATE + " 500");
			nodes.awaitFlow("n3", "n1");
			nodes.awaitFlow("n1", "n3");
			network.cut(3);
			nodes.get("n1").awaitEvent("down n3", 1, NodeProcesses.PATIENCE);
			nodes.get("n3").awaitEvent("down n1", 1, NodeProcesses.PATIENCE);
			bothSidesPublish(nodes);
			network.heal(3);
			for (String to : NAMES) {
				NAMES.forEach((from) -> nodes.awaitFlow(to, from));
			}
			nodes.tellAll("pause");
			NAMES.forEach((from) -> allHave(nodes, from));
		}
	}

	private static void bothSidesPublish(NodeProcesses nodes) {
		long first = nodes.get("n1").report().sent() + RATE * APART.toSeconds();
		long other = nodes.get("n3").report().sent() + RATE * APART.toSeconds();
		await().atMost(NodeProcesses.PATIENCE)
			.until(() -> nodes.get("n1").report().sent() >= first && nodes.get("n3").report().sent() >= other);
	}

	private static void allHave(NodeProcesses nodes, String from) {
		long sent = nodes.get(from).report().sent();
		for (String to : NAMES) {
			nodes.awaitNumber(to, from, sent - 1);
			NodeReport.Stream heard = nodes.get(to).report().from(from);
			assertThat(heard.missing()).as("missing of " + from + " at " + to).isZero();
			assertThat(heard.repeated()).as("repeated of " + from + " at " + to).isZero();
			assertThat(nodes.get(to).events()).noneMatch((event) -> event.startsWith("@gap"));
		}
	}

}
