package io.clusterspring.failure;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.jgroups.NodeLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a node that neither reads nor answers, and keeps its connections open.
 */
class FrozenNodeIntegrationTests {

	private static final Duration DETECTION = NodeLimits.DEFAULT.detection();

	// for a busy machine
	private static final Duration SLACK = Duration.ofSeconds(10);

	// a publisher that waited for the frozen node would wait until it is missed
	private static final Duration LONGEST = DETECTION.minusSeconds(1);

	private static final List<String> LISTED = List.of("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");

	@ParameterizedTest
	@CsvSource({ "n3, n1, n2", "n1, n2, n3" })
	void othersGoOnAndItComesBack(String frozen, String first, String second) throws Exception {
		try (NodeProcesses nodes = NodeProcesses.start(27910)) {
			nodes.tellAll("publish 50 1000");
			nodes.get(first).tell("publish 1000 1000");
			nodes.awaitFlow(frozen, first);
			nodes.get(frozen).signal("STOP");
			long start = System.currentTimeMillis();
			nodes.get(first).tell("reset");
			nodes.get(second).tell("reset");
			for (String name : List.of(first, second)) {
				long seen = nodes.get(name).awaitEvent("down " + frozen, 1, NodeProcesses.PATIENCE);
				assertThat(seen - start).as(name + " misses " + frozen + " after milliseconds")
					.isLessThanOrEqualTo(DETECTION.plus(SLACK).toMillis());
			}
			nodes.awaitFlow(second, first);
			wentOn(nodes, first, second);
			nodes.get(frozen).signal("CONT");
			for (String name : List.of(first, second)) {
				nodes.get(name).awaitEvent("up " + frozen, 2, NodeProcesses.PATIENCE);
				nodes.get(frozen).awaitEvent("up " + name, 2, NodeProcesses.PATIENCE);
			}
			nodes.awaitFlow(frozen, first);
			nodes.awaitFlow(frozen, second);
			nodes.awaitFlow(first, frozen);
			allArrivedOnce(nodes, List.of(first, second, frozen));
		}
	}

	private static void wentOn(NodeProcesses nodes, String first, String second) {
		NodeReport publisher = nodes.get(first).report();
		assertThat(publisher.dropped()).as("the outbox of the frozen node was full").isPositive();
		assertThat(publisher.longestWait()).as("longest publish").isLessThan(LONGEST.toMillis());
		assertThat(publisher.from(second).longestGap()).as("longest pause").isLessThan(LONGEST.toMillis());
		NodeReport subscriber = nodes.get(second).report();
		assertThat(subscriber.longestWait()).as("longest publish").isLessThan(LONGEST.toMillis());
		assertThat(subscriber.from(first).longestGap()).as("longest pause").isLessThan(LONGEST.toMillis());
		assertThat(subscriber.from(first).missing()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "n1", "n3" })
	void newProcessTakesTheNameOfAFrozenOneAndKeepsIt(String coordinator) throws Exception {
		try (NodeProcesses nodes = new NodeProcesses(27920, Duration.ofMinutes(10), LISTED)) {
			nodes.start(coordinator + "@127.0.0.1", List.of()).awaitEvent("started", 1, NodeProcesses.PATIENCE);
			for (String node : LISTED) {
				if (!node.startsWith(coordinator)) {
					nodes.start(node, List.of());
				}
			}
			nodes.awaitAll();
			NodeProcess old = nodes.get("n3");
			old.signal("STOP");
			long frozen = System.currentTimeMillis();
			nodes.start("n3@127.0.0.1", List.of()).awaitEvent("started", 1, NodeProcesses.PATIENCE);
			for (String name : List.of("n1", "n2")) {
				long seen = nodes.get(name).awaitEvent("up n3", 2, NodeProcesses.PATIENCE);
				assertThat(seen - frozen).as("milliseconds, whatever the detection").isLessThan(30_000);
			}
			nodes.tellAll("publish 100 100");
			everybodyHears(nodes);
			old.signal("CONT");
			long thawed = System.currentTimeMillis();
			for (String name : List.of("n1", "n2")) {
				long alone = old.awaitEvent("down " + name, 1, NodeProcesses.PATIENCE);
				assertThat(alone - thawed).as("milliseconds until it knows").isLessThan(30_000);
			}
			await().atMost(NodeProcesses.PATIENCE)
				.until(() -> old.output().stream().anyMatch((line) -> line.contains("was evicted from the cluster")));
			everybodyHears(nodes);
			assertThat(old.events()).filteredOn((event) -> event.startsWith("@up")).hasSize(2);
			for (String name : List.of("n1", "n2")) {
				assertThat(nodes.get(name).events()).as(nodes.toString())
					.filteredOn((event) -> event.startsWith("@down n3"))
					.hasSize(1);
			}
		}
	}

	private static void everybodyHears(NodeProcesses nodes) {
		List<String> names = List.of("n1", "n2", "n3");
		names.forEach((to) -> names.forEach((from) -> nodes.awaitFlow(to, from)));
	}

	private static void allArrivedOnce(NodeProcesses nodes, List<String> names) {
		nodes.tellAll("pause");
		for (String from : names) {
			long last = nodes.get(from).report().sent() - 1;
			for (String to : names) {
				nodes.awaitNumber(to, from, last);
				assertThat(nodes.get(to).report().from(from).repeated()).as(from + " to " + to).isZero();
			}
		}
		assertThat(nodes.get(names.get(1)).report().from(names.get(0)).missing()).isZero();
		assertThat(nodes.get(names.get(0)).report().from(names.get(1)).missing()).isZero();
	}

}
