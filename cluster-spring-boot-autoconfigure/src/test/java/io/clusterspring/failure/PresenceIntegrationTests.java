package io.clusterspring.failure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.patience.PromisedTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what clients receive about the presences of a node that ends or cannot be
 * reached.
 */
class PresenceIntegrationTests {

	private static final List<String> NAMES = List.of("n1", "n2", "n3");

	@Test
	void clientsOfOtherNodesHearWithinASecondThatANodeWasKilled() throws Exception {
		try (NodeProcesses nodes = NodeProcesses.start(28800)) {
			watch(nodes);
			PromisedTime.isMet(1000, "the clients of others hear", (number) -> {
				if (number > 1) {
					startAgain(nodes, number);
				}
				nodes.get("n3").signal("KILL");
				long killed = System.currentTimeMillis();
				return heard(nodes, number) - killed;
			});
			assertThat(nodes.get("n1").events()).noneMatch((event) -> event.startsWith("@left user-n2"));
		}
	}

	/**
	 * The limit is 100 ms from the moment the node begins to leave.
	 */
	@Test
	void clientsOfOtherNodesHearWithin100MillisecondsThatANodeLeaves() throws Exception {
		try (NodeProcesses nodes = NodeProcesses.start(28820)) {
			watch(nodes);
			PromisedTime.isMet(100, "the clients of others hear", (number) -> {
				if (number > 1) {
					startAgain(nodes, number);
				}
				return leave(nodes, number);
			});
		}
	}

	private static long leave(NodeProcesses nodes, int time) {
		NodeProcess leaver = nodes.get("n3");
		leaver.tell("leave");
		long left = leaver.awaitEvent("leaving n3", 1, NodeProcesses.PATIENCE);
		return heard(nodes, time) - left;
	}

	private static long heard(NodeProcesses nodes, int time) {
		return Stream.of("n1", "n2")
			.mapToLong((name) -> nodes.get(name).awaitEvent("left user-n3", time, NodeProcesses.PATIENCE))
			.max()
			.orElseThrow();
	}

	private static void startAgain(NodeProcesses nodes, int times) throws IOException {
		NodeProcess started = nodes.start("n3@127.0.0.1", List.of());
		started.awaitEvent("started", 1, NodeProcesses.PATIENCE);
		started.tell("track user-n3");
		for (String name : List.of("n1", "n2")) {
			nodes.get(name).awaitEvent("joined user-n3", times, NodeProcesses.PATIENCE);
		}
	}

	@Test
	void afterAPartitionAllNodesListTheSame() throws Exception {
		NetworkNamespaces.require();
		List<String> listed = NetworkNamespaces.nodes(3);
		try (NetworkNamespaces network = new NetworkNamespaces(3);
				NodeProcesses nodes = new NodeProcesses(28840, NodeLimits.DEFAULT.detection(), listed)) {
			for (int number = 1; number <= 3; number++) {
				nodes.start(listed.get(number - 1), network.prefix(number));
			}
			nodes.awaitAll();
			watch(nodes);
			network.cut(3);
			nodes.get("n1").awaitEvent("left user-n3", 1, NodeProcesses.PATIENCE);
			nodes.get("n3").awaitEvent("left user-n1", 1, NodeProcesses.PATIENCE);
			nodes.get("n3").awaitEvent("left user-n2", 1, NodeProcesses.PATIENCE);
			nodes.get("n1").tell("track apart-n1");
			nodes.get("n3").tell("track apart-n3");
			network.heal(3);
			for (String name : NAMES) {
				awaitList(nodes.get(name), "apart-n1,apart-n3,user-n1,user-n2,user-n3");
			}
			nodes.get("n1").awaitEvent("joined apart-n3", 1, NodeProcesses.PATIENCE);
			nodes.get("n1").awaitEvent("joined user-n3", 2, NodeProcesses.PATIENCE);
			nodes.get("n3").awaitEvent("joined apart-n1", 1, NodeProcesses.PATIENCE);
		}
	}

	private static void watch(NodeProcesses nodes) {
		nodes.tellAll("watch");
		for (String name : NAMES) {
			nodes.get(name).awaitEvent("watching", 1, NodeProcesses.PATIENCE);
		}
		for (String name : NAMES) {
			nodes.get(name).tell("track user-" + name);
		}
		for (String name : NAMES) {
			NAMES.forEach((other) -> nodes.get(name).awaitEvent("joined user-" + other, 1, NodeProcesses.PATIENCE));
		}
	}

	private static void awaitList(NodeProcess node, String expected) {
		await().atMost(NodeProcesses.PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
			node.tell("list");
			assertThat(node.events()).anyMatch((event) -> event.startsWith("@list " + expected + " "));
		});
	}

}
