package io.clusterspring.benchmarks.stomp;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the benchmark briefly without RabbitMQ, to test that each row is printed.
 */
class StompBenchmarkIntegrationTests {

	@Test
	void everyMessageArrivesAndEveryTableIsThere() throws Exception {
		StompSettings settings = StompSettings.of("--variants=starter", "--seconds=0.5", "--rounds=1", "--rooms=2",
				"--members=4", "--rates=400", "--window=4", "--port=29340");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		boolean complete = StompBenchmark.run(settings, null, new PrintStream(out, true, StandardCharsets.UTF_8));
		assertThat(complete).isTrue();
		assertThat(out.toString(StandardCharsets.UTF_8)).contains("at 400 deliveries/s", "as many as arrive",
				"memory afterwards");
	}

}
