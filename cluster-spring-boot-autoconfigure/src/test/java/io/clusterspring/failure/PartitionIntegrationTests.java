package io.clusterspring.failure;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a network that is divided in two and heals.
 */
class PartitionIntegrationTests {

	private static final List<String> NAMES = List.of("n1", "n2", "n3");

	@Test
	void eachSideGoesOnAndTheHealMakesOneView() throws Exception {
		NetworkNamespaces.require();
		List<String> listed = NetworkNamespaces.nodes(3);
		try (NetworkNamespaces network = new NetworkNamespaces(3);
				NodeProcesses nodes = new NodeProcesses(27930, NodeLimits.DEFAULT.detection(), listed)) {
			for (int number = 1; number <= 3; number++) {
				nodes.start(listed.get(number - 1), network.prefix(number));
			}
			nodes.awaitAll();
			nodes.tellAll("publish 200 1000");
			nodes.awaitFlow("n3", "n1");
			network.cut(3);
			eachSideGoesOn(nodes);
			network.heal(3);
			long healed = System.currentTimeMillis();
			// ten seconds are promised, the others are for a busy machine
			oneViewWithin(nodes, healed + Duration.ofSeconds(10 + 10).toMillis());
			for (String to : NAMES) {
				NAMES.forEach((from) -> nodes.awaitFlow(to, from));
			}
			nothingTwice(nodes);
		}
	}

	private static void eachSideGoesOn(NodeProcesses nodes) {
		nodes.get("n1").awaitEvent("down n3", 1, NodeProcesses.PATIENCE);
		nodes.get("n2").awaitEvent("down n3", 1, NodeProcesses.PATIENCE);
		nodes.get("n3").awaitEvent("down n1", 1, NodeProcesses.PATIENCE);
		nodes.get("n3").awaitEvent("down n2", 1, NodeProcesses.PATIENCE);
		nodes.tellAll("reset");
		nodes.awaitFlow("n1", "n2");
		nodes.awaitFlow("n2", "n1");
		nodes.awaitFlow("n3", "n3");
		assertThat(nodes.get("n1").report().from("n2").missing()).isZero();
		assertThat(nodes.get("n2").report().from("n1").missing()).isZero();
	}

	private static void oneViewWithin(NodeProcesses nodes, long end) {
		for (String name : List.of("n1", "n2")) {
			assertThat(nodes.get(name).awaitEvent("up n3", 2, NodeProcesses.PATIENCE)).isLessThan(end);
			assertThat(nodes.get("n3").awaitEvent("up " + name, 2, NodeProcesses.PATIENCE)).isLessThan(end);
		}
	}

	private static void nothingTwice(NodeProcesses nodes) {
		nodes.tellAll("pause");
		for (String from : NAMES) {
			long last = nodes.get(from).report().sent() - 1;
			for (String to : NAMES) {
				nodes.awaitNumber(to, from, last);
				assertThat(nodes.get(to).report().from(from).repeated()).as(from + " to " + to).isZero();
			}
		}
		assertThat(nodes.get("n1").report().from("n2").missing()).isZero();
		assertThat(nodes.get("n2").report().from("n1").missing()).isZero();
	}

}
