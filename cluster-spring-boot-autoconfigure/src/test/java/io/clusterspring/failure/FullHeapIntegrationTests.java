package io.clusterspring.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node whose heap is filled by what another one sends, in a JVM that ends when it has
 * no memory, as docs/operations.md advises.
 */
class FullHeapIntegrationTests {

	private static final List<String> LISTED = List.of("n1@127.0.0.1:18860", "n2@127.0.0.1:18861");

	// of the JVM, for -XX:+ExitOnOutOfMemoryError
	private static final int EXIT_CODE = 3;

	// a third of the time after which it would be missed for its silence
	private static final long LATE_MILLIS = 20_000;

	private final List<String> properties = List.of("--cluster.name=full-" + UUID.randomUUID(),
			"--cluster.failure-detection.timeout=1m", "--cluster.sync-nodes-optional=" + String.join(",", LISTED));

	private final List<NodeProcess> processes = new ArrayList<>();

	@AfterEach
	void stop() {
		this.processes.forEach(NodeProcess::close);
	}

	@Test
	void theProcessEndsAndTheOthersKnowItAtOnce() throws Exception {
		NodeProcess other = start(LISTED.get(0));
		NodeProcess full = start(LISTED.get(1), "-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
		other.awaitEvent("up n2", 1, NodeProcesses.PATIENCE);
		other.tell("fill n2@127.0.0.1");
		full.awaitExit();
		long ended = System.currentTimeMillis();
		assertThat(full.exitCode()).isEqualTo(EXIT_CODE);
		assertThat(full.output()).anyMatch((line) -> line.startsWith("Terminating due to java.lang.OutOfMemoryError"));
		long known = other.awaitEvent("down n2", 1, NodeProcesses.PATIENCE);
		assertThat(known - ended).as("milliseconds").isLessThan(LATE_MILLIS);
	}

	private NodeProcess start(String node, String... options) throws IOException {
		NodeProcess process = NodeProcess.start(BootMain.class, List.of(), List.of(options), this.properties, node,
				List.of());
		this.processes.add(process);
		process.awaitEvent("started", 1, NodeProcesses.PATIENCE);
		return process;
	}

}
