package io.clusterspring.benchmarks.many;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@link ManyNodes} and {@link ManyTopics} with few nodes, to test that they work.
 */
class ManyNodesIntegrationTests {

	private static final String SMALL = "--jvm=-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final PrintStream out = new PrintStream(this.output, true, StandardCharsets.UTF_8);

	@Test
	void everyFigureIsPrintedAndNothingIsLost() throws IOException, InterruptedException {
		ManySettings settings = ManySettings.of("--nodes=2", "--idle=0.5", "--messages=20", "--port=31500", SMALL);
		boolean valid = ManyNodes.run(settings, this.out);
		String table = text();
		assertThat(valid).as(table).isTrue();
		assertThat(table).containsPattern("\\| 2 (\\| -?[0-9.]+ ){8}\\| 0 \\| 0 \\| [0-9.]+ \\| [0-9.]+ \\| 0 \\|");
	}

	@Test
	void topicsAreKnownToAll() throws IOException, InterruptedException {
		ManyTopics.run(TopicSettings.of("--nodes=2", "--topics=200", "--joins=20", "--rate=200", "--seconds=0.5",
				"--port=31600", SMALL), this.out);
		assertThat(text()).containsPattern("known to all, ms \\| [0-9]+ \\|")
			.containsPattern("\\| 100 joins of new topics in .*\\| [0-9.]+ / [0-9.]+ / [0-9.]+ \\|")
			.containsPattern("joins 2 others knows their 300 topics, .*\\| [0-9]+ \\|");
	}

	private String text() {
		return this.output.toString(StandardCharsets.UTF_8);
	}

}
