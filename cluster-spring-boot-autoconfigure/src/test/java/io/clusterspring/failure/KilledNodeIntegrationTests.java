package io.clusterspring.failure;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.clusterspring.patience.PromisedTime;

/**
 * Tests a node whose process was killed: the operating system closes its connections.
 */
class KilledNodeIntegrationTests {

	@ParameterizedTest
	@CsvSource({ "n3, n1, n2", "n1, n2, n3" })
	void othersSeeItGoWithinASecond(String killed, String other, String another) throws Exception {
		try (NodeProcesses nodes = NodeProcesses.start(27900)) {
			PromisedTime.isMet(1000, "the others miss " + killed, (number) -> {
				if (number > 1) {
					startAgain(nodes, killed, number, other, another);
				}
				nodes.tellAll("publish 100 100");
				nodes.get(killed).signal("KILL");
				long gone = System.currentTimeMillis();
				return missed(nodes, killed, number, other, another) - gone;
			});
		}
	}

	private static void startAgain(NodeProcesses nodes, String killed, int times, String... others) throws IOException {
		nodes.start(killed + "@127.0.0.1", List.of()).awaitEvent("started", 1, NodeProcesses.PATIENCE);
		for (String name : others) {
			nodes.get(name).awaitEvent("up " + killed, times, NodeProcesses.PATIENCE);
		}
	}

	private static long missed(NodeProcesses nodes, String killed, int times, String... others) {
		return Stream.of(others)
			.mapToLong((name) -> nodes.get(name).awaitEvent("down " + killed, times, NodeProcesses.PATIENCE))
			.max()
			.orElseThrow();
	}

}
