package io.clusterspring.failure;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests distributed applications on three nodes, with the priorities {@code n1},
 * {@code n2}, {@code n3}. They wait for leases most of the time, so several run at once.
 * The tests also print the times that they check.
 */
@Execution(ExecutionMode.CONCURRENT)
class FailoverIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	// an owner that cannot renew its term of 12.25 s stops, so a busy machine must not
	// keep it from that
	static final Duration LEASE = Duration.ofSeconds(15);

	// for a busy machine
	static final Duration SLACK = Duration.ofSeconds(20);

	// longer than all that a test allows: what waits for it comes too late
	private static final Duration NEVER = Duration.ofSeconds(60);

	@ParameterizedTest
	@CsvSource({ "28600, none", "28610, majority" })
	void whenTheOwnerIsKilledItRunsElsewhereAndMovesBack(int port, String quorum) throws Exception {
		try (FailoverNodes nodes = FailoverNodes.start(port, TIMEOUT, quorum, LEASE)) {
			long killed = System.currentTimeMillis();
			nodes.kill("n1");
			nodes.awaitRunningAt("n2");
			Duration allowed = quorum.equals("none") ? TIMEOUT : LEASE.plus(LEASE.dividedBy(20));
			for (String application : List.of("a", "b")) {
				RunLog.Line start = nodes.lastStart(application);
				assertThat(start.reason() + " " + start.from()).isEqualTo("FAILOVER n1");
				report(quorum + ": failover of " + application + " after SIGKILL", start.time() - killed);
				assertThat(start.time() - killed).isBetween(TIMEOUT.toMillis(), allowed.plus(SLACK).toMillis());
			}
			nodes.start("n1@127.0.0.1", List.of());
			nodes.awaitRunningAt("n1");
			assertThat(nodes.lastStart("a").reason() + " " + nodes.lastStart("a").from()).as(nodes::toString)
				.isEqualTo("TAKEOVER n2");
			nodes.assertNoOverlap();
		}
	}

	@ParameterizedTest
	@CsvSource({ "28620, none", "28630, majority" })
	void whenTheOwnerIsStoppedNeitherTheTimeoutNorTheLeaseIsWaitedFor(int port, String quorum) throws Exception {
		try (FailoverNodes nodes = FailoverNodes.start(port, NEVER, quorum, NEVER)) {
			nodes.leave("n1");
			nodes.awaitRunningAt("n2");
			for (String application : List.of("a", "b")) {
				RunLog.Line stop = nodes.log()
					.lines("stop")
					.stream()
					.filter((line) -> line.application().equals(application))
					.findFirst()
					.orElseThrow();
				RunLog.Line start = nodes.lastStart(application);
				assertThat(start.reason() + " " + start.from()).isEqualTo("FAILOVER n1");
				report(quorum + ": from the end of the stop of " + application + " to its start",
						start.time() - stop.time());
				assertThat(start.time() - stop.time()).isBetween(0L, SLACK.toMillis());
			}
			nodes.assertNoOverlap();
		}
	}

	@ParameterizedTest
	@CsvSource({ "28640, none", "28650, majority" })
	void aRollingRestartMovesItAndBringsItBack(int port, String quorum) throws Exception {
		try (FailoverNodes nodes = FailoverNodes.start(port, TIMEOUT, quorum, LEASE)) {
			for (String name : List.of("n3", "n2", "n1")) {
				nodes.leave(name);
				nodes.start(name + "@127.0.0.1", List.of());
				long started = nodes.get(name).awaitEvent("started", 1, NodeProcesses.PATIENCE);
				// with a quorum, the node does not vote earlier
				long voting = started + (quorum.equals("none") ? 0 : LEASE.toMillis() * 11 / 10);
				await().atMost(NodeProcesses.PATIENCE).until(() -> System.currentTimeMillis() >= voting);
			}
			await().atMost(NodeProcesses.PATIENCE)
				.untilAsserted(() -> assertThat(nodes.log().starts("a")).as(nodes::toString)
					.extracting(RunLog.Line::node)
					.containsExactly("n1", "n2", "n1"));
			nodes.awaitRunningAt("n1");
			nodes.assertNoOverlap();
		}
	}

	@Test
	void itMovesByHandAndAwayFromWhereItIsForbidden() throws Exception {
		try (FailoverNodes nodes = FailoverNodes.start(28660, TIMEOUT, "none", LEASE)) {
			for (String application : List.of("a", "b")) {
				nodes.get("n1").tell("move " + application + " n3@127.0.0.1");
			}
			nodes.awaitRunningAt("n3");
			for (String application : List.of("a", "b")) {
				nodes.get("n1").tell("forbid " + application + " n3@127.0.0.1");
			}
			nodes.awaitRunningAt("n1");
			nodes.assertNoOverlap();
		}
	}

	@Test
	void withAQuorumAFrozenOwnerDoesNoWorkOnceItHasBeenReplaced() throws Exception {
		try (FailoverNodes nodes = FailoverNodes.start(28670, TIMEOUT, "majority", LEASE)) {
			nodes.get("n1").signal("STOP");
			long frozen = System.currentTimeMillis();
			nodes.awaitRunningAt("n2");
			report("majority: failover after SIGSTOP", nodes.lastStart("a").time() - frozen);
			assertThat(nodes.lastStart("a").time() - frozen)
				.isLessThan(LEASE.plus(LEASE.dividedBy(20)).plus(SLACK).toMillis());
			nodes.get("n1").signal("CONT");
			long resumed = System.currentTimeMillis();
			await().atMost(NodeProcesses.PATIENCE).until(() -> nodes.log().stops("n1") >= 2);
			for (RunLog.Line line : nodes.log().lines("stopping")) {
				if (line.node().equals("n1")) {
					report("majority: the frozen owner begins to stop after SIGCONT", line.time() - resumed);
					assertThat(line.time() - resumed).isLessThan(SLACK.toMillis());
				}
			}
			nodes.awaitRunningAt("n1");
			long token = nodes.log().starts("a").get(1).token();
			// the step in which it was frozen
			assertThat(nodes.log().lines("work")).filteredOn((line) -> line.application().equals("a"))
				.filteredOn((line) -> line.time() > nodes.log().starts("a").get(1).time())
				.filteredOn((line) -> line.token() < token)
				.hasSizeLessThanOrEqualTo(1);
			// it stopped late: a process that was frozen cannot stop in time
			assertThat(nodes.log().overlaps()).extracting(RunLog.Line::node).containsOnly("n2");
		}
	}

	@Test
	void withoutAQuorumAFrozenOwnerStopsWhenItComesBackAndTakesOverAgain() throws Exception {
		try (FailoverNodes nodes = FailoverNodes.start(28680, TIMEOUT, "none", LEASE)) {
			nodes.get("n1").signal("STOP");
			nodes.awaitRunningAt("n2");
			nodes.get("n1").signal("CONT");
			await().atMost(NodeProcesses.PATIENCE).until(() -> nodes.log().stops("n1") >= 2);
			nodes.awaitRunningAt("n1");
			assertThat(nodes.log().starts("a")).extracting(RunLog.Line::node).containsExactly("n1", "n2", "n1");
		}
	}

	static void report(String what, long millis) {
		System.out.println("measured: " + what + ": " + millis + " ms");
	}

}
