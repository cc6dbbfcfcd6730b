package io.clusterspring.failure;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each node in turn leaves and starts again while all publish.
 */
class RollingRestartIntegrationTests {

	private static final List<String> NAMES = List.of("n1", "n2", "n3");

	private static final String LOAD = "publish 333 100";

	@Test
	void nodesThatStayHearEverythingInOrder() throws Exception {
		try (NodeProcesses nodes = NodeProcesses.start(27950)) {
			nodes.tellAll(LOAD);
			for (String restarted : List.of("n3", "n1", "n2")) {
				restart(nodes, restarted);
			}
			nodes.tellAll("pause");
			for (String from : NAMES) {
				long last = nodes.get(from).report().sent() - 1;
				NAMES.forEach((to) -> nodes.awaitNumber(to, from, last));
			}
		}
	}

	private static void restart(NodeProcesses nodes, String restarted) throws Exception {
		List<String> stayed = NAMES.stream().filter((name) -> !name.equals(restarted)).toList();
		for (String name : stayed) {
			nodes.awaitFlow(restarted, name);
			nodes.awaitFlow(name, restarted);
		}
		long amiss = amiss(nodes, stayed);
		nodes.get(restarted).tell("leave");
		nodes.get(restarted).awaitExit();
		nodes.start(restarted + "@127.0.0.1", List.of()).awaitEvent("started", 1, NodeProcesses.PATIENCE);
		for (String name : stayed) {
			nodes.awaitFlow(restarted, name);
			nodes.get(restarted).awaitEvent("up " + name, 1, NodeProcesses.PATIENCE);
		}
		nodes.get(restarted).tell(LOAD);
		nodes.awaitFlow(restarted, restarted);
		nodes.awaitFlow(stayed.get(0), stayed.get(1));
		nodes.awaitFlow(stayed.get(1), stayed.get(0));
		assertThat(amiss(nodes, stayed)).as("missing or out of order between " + stayed).isEqualTo(amiss);
	}

	private static long amiss(NodeProcesses nodes, List<String> names) {
		return names.stream()
			.flatMap((to) -> nodes.get(to).report().heard().stream())
			.filter((stream) -> names.contains(stream.sender()))
			.mapToLong((stream) -> stream.missing() + stream.repeated())
			.sum();
	}

}
