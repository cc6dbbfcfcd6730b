package io.clusterspring.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@link PresenceBenchmarks} with few entries, to test that it works.
 */
class PresenceBenchmarksIntegrationTests {

	@Test
	void everyRowIsPrinted() {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		PresenceBenchmarks.run(300, 100, 28980, new PrintStream(output, true, StandardCharsets.UTF_8));
		String table = output.toString(StandardCharsets.UTF_8);
		assertThat(table.lines()).hasSize(21).allMatch((line) -> line.isEmpty() || line.matches("\\|.*\\|"));
		assertThat(table).containsPattern("\\| 100 \\| [0-9.]+ \\|");
	}

}
