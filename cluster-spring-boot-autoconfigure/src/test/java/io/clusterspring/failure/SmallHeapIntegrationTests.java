package io.clusterspring.failure;

import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests a node with a heap of 100 MB that receives the largest payloads, and larger ones.
 */
class SmallHeapIntegrationTests {

	private static final List<String> LISTED = List.of("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");

	// a publisher with less would give up 100 MB to a node whose collector is at work
	private static final String PATIENT = "-Dpatience=10000";

	@AutoClose
	private final NodeProcesses nodes = new NodeProcesses(29580, NodeLimits.DEFAULT.detection(), LISTED);

	@Test
	void takesTheLargestPayloadsAgainAndAgain() throws Exception {
		start("-Xmx256m", PATIENT);
		for (int i = 1; i <= 5; i++) {
			this.nodes.get("n1").tell("beside " + (16 << 20));
			this.nodes.get("n2").awaitEvent("beside n1", i, NodeProcesses.PATIENCE);
		}
		theSmallOneGoesOn(0);
	}

	@Test
	void refusesWhatWouldEndIt() throws Exception {
		start("-Xmx700m", PATIENT, "-Dpayload=" + (128 << 20));
		this.nodes.get("n1").tell("beside 100000000");
		assertThatNoException().as(() -> "All nodes:" + this.nodes)
			.isThrownBy(() -> this.nodes.get("n3").awaitEvent("beside n1 100000000", 1, NodeProcesses.PATIENCE));
		this.nodes.awaitFlow("n2", "n1");
		assertThat(this.nodes.get("n2").events()).noneMatch((event) -> event.startsWith("@beside"));
		assertThat(this.nodes.get("n2").output()).anyMatch((line) -> line.contains("cluster.max-payload-size"));
		theSmallOneGoesOn(1);
	}

	private void theSmallOneGoesOn(int refused) {
		this.nodes.awaitFlow("n2", "n1");
		NodeProcess small = this.nodes.get("n2");
		small.tell("engine");
		small.awaitEvent("engine 0", 1, NodeProcesses.PATIENCE);
		String counted = small.events()
			.stream()
			.filter((event) -> event.startsWith("@engine"))
			.findFirst()
			.orElseThrow();
		assertThat(Integer.parseInt(counted.split(" ")[2])).as("refused").isGreaterThanOrEqualTo(refused);
		assertThat(small.report().from("n1").missing()).isZero();
		assertThat(this.nodes.get("n1").events()).noneMatch((event) -> event.startsWith("@down"));
		assertThat(small.events()).noneMatch((event) -> event.startsWith("@down"));
	}

	private void start(String... large) throws Exception {
		this.nodes.start(LISTED.get(0), List.of(), List.of(large));
		this.nodes.start(LISTED.get(1), List.of(), List.of("-Xmx100m"));
		this.nodes.start(LISTED.get(2), List.of(), List.of(large));
		this.nodes.awaitAll();
		this.nodes.get("n1").tell("publish 200 1000");
		this.nodes.awaitFlow("n2", "n1");
	}

}
