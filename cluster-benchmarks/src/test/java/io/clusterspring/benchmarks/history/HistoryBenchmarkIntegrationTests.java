package io.clusterspring.benchmarks.history;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@link HistoryBenchmark} briefly, to test that it works.
 */
class HistoryBenchmarkIntegrationTests {

	private static final String NUMBER = "[0-9][0-9,.]*";

	@Test
	void costIsComparedWithAndWithoutHistory() throws Exception {
		assertThat(run("cost", "--clients=20", "--rooms=2", "--rate=50", "--warm-up=0.5", "--seconds=1", "--rounds=1",
				"--kept=1000", "--port=29500", "--jvm=-Xmx256m"))
			.containsPattern("rate, without: [1-9][0-9,]* deliveries/s, " + NUMBER + " us of CPU for each")
			.containsPattern("rate, with history: [1-9][0-9,]* deliveries/s, " + NUMBER + " us of CPU for each")
			.containsPattern("most, with history: " + NUMBER + " times the CPU, 1[0-9.]+ B more to a client")
			.containsPattern("memory, payload of 100 B, publisher: " + NUMBER + " B of heap for each of 1000 messages")
			.containsPattern("memory, payload of 1024 B, another node: " + NUMBER + " B of heap");
	}

	@Test
	void allClientsOfANodeThatIsKilledRecover() throws Exception {
		assertThat(run("storm", "--clients=60", "--rooms=5", "--rate=100", "--warm-up=1", "--seconds=1", "--port=29540",
				"--jvm=-Xmx256m"))
			.contains("storm: 20 clients lost their node, 20 recovered, not recovered: {}, 0 other disconnects")
			.containsPattern("from the kill until caught up p50 [1-9][0-9]* ms")
			.contains("in all: 0 messages twice, 0 missing, 0 missing at the end, 0 gaps told");
	}

	private static String run(String... arguments) throws Exception {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		HistoryBenchmark.run(new PrintStream(output, true, StandardCharsets.UTF_8), arguments);
		return output.toString(StandardCharsets.UTF_8);
	}

}
