package io.clusterspring.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadsBenchmark}.
 */
class ThreadsBenchmarkTests {

	@Test
	void eachOfThemTakesItsTurn() throws InterruptedException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		ThreadsBenchmark.measure(3, 2, 1, Duration.ofMillis(20), new PrintStream(output, true, StandardCharsets.UTF_8));
		assertThat(output.toString(StandardCharsets.UTF_8)).contains("| 3 mailboxes at once |")
			.contains("| WARM |")
			.contains("| USUAL |")
			.contains("| FORK_JOIN |");
	}

}
