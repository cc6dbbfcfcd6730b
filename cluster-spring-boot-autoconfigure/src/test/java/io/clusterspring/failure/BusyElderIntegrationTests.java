package io.clusterspring.failure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a process that starts with the name of a live but slow process: the slow one
 * stands still for seconds, as on a busy machine or in a garbage collection, and answers
 * late.
 */
class BusyElderIntegrationTests {

	private static final List<String> LISTED = List.of("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");

	// less than failure detection, and ten times the engine's time to answer
	private static final Duration STANDSTILL = Duration.ofSeconds(2);

	@Test
	void keepsItsNameAndTheOtherOneIsRefused() throws Exception {
		try (NodeProcesses nodes = new NodeProcesses(28110, NodeLimits.DEFAULT.detection(), LISTED)) {
			for (String node : LISTED) {
				nodes.start(node, List.of());
			}
			nodes.awaitAll();
			NodeProcess elder = nodes.get("n2");
			NodeProcess newcomer = nodes.start("n2@127.0.0.1", List.of());
			for (int turn = 0; turn < 30 && !isRefused(newcomer); turn++) {
				elder.signal("STOP");
				TimeUnit.MILLISECONDS.sleep(STANDSTILL.toMillis());
				elder.signal("CONT");
				TimeUnit.MILLISECONDS.sleep(STANDSTILL.toMillis() / 4);
			}
			await().atMost(NodeProcesses.PATIENCE).until(() -> isRefused(newcomer));
			assertThat(newcomer.events()).isEmpty();
			for (String name : List.of("n1", "n3")) {
				assertThat(nodes.get(name).events()).noneMatch((event) -> event.startsWith("@down"));
			}
			assertThat(elder.events()).noneMatch((event) -> event.startsWith("@down"));
		}
	}

	private static boolean isRefused(NodeProcess newcomer) {
		return newcomer.output().stream().anyMatch((line) -> line.contains("NodeNameTakenException"));
	}

}
