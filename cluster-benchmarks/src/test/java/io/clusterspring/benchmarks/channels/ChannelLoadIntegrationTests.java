package io.clusterspring.benchmarks.channels;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@link ChannelLoad} briefly, to test that it works.
 */
class ChannelLoadIntegrationTests {

	@Test
	void everyLoadIsMeasured() throws Exception {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		LoadSettings settings = LoadSettings.of("--loads=closed,echo,fanout,idle", "--clients=20", "--idle-clients=50",
				"--warm-up=1", "--seconds=2", "--rounds=1", "--port=29210");
		ChannelLoad.run(settings, new PrintStream(output, true, StandardCharsets.UTF_8));
		String figures = "[1-9][0-9,]* messages/s, [0-9.]+ us of CPU for each, [0-9.]+ ms half, [0-9.]+ ms 99 %";
		assertThat(output.toString(StandardCharsets.UTF_8))
			.containsPattern("closed, 20 clients, window 4, median: " + figures)
			.containsPattern("echo, 100 clients, median: " + figures)
			.containsPattern("fanout, 20 clients, 20 broadcasts/s, median: " + figures)
			.containsPattern("idle: -?[0-9.]+ KiB of heap for each of 50 clients");
	}

}
