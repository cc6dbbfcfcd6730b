package io.clusterspring.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@link Benchmarks} briefly, to test that it works.
 */
class BenchmarksIntegrationTests {

	@Test
	void everyRowIsPrintedAndNothingIsLost() throws IOException, InterruptedException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		Settings settings = Settings.of("--seconds=0.2", "--rounds=1", "--nodes=2,3", "--port=29500",
				"--jvm=-Xmx128m -XX:TieredStopAtLevel=1");
		boolean complete = Benchmarks.run(settings, new PrintStream(output, true, StandardCharsets.UTF_8));
		String table = output.toString(StandardCharsets.UTF_8);
		assertThat(complete).as(table).isTrue();
		for (String measured : new String[] { "flood, 2 nodes, 100 B", "flood, 2 nodes, 1024 B",
				"round trip, 2 nodes, 100 B", "flood, 3 nodes, 100 B" }) {
			for (Variant variant : settings.variants()) {
				assertThat(table).containsPattern("\\| " + measured + " \\| " + variant.title()
						+ " \\| [1-9][0-9,.]* \\| [0-9.]+ \\| [0-9.]+ \\|");
			}
		}
	}

}
