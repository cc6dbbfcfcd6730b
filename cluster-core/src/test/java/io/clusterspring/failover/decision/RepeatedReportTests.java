package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how often {@link FailoverState} repeats a report in which nothing has changed.
 */
class RepeatedReportTests {

	private static final Node SELF = Node.of("n1@a");

	@ParameterizedTest
	@CsvSource({ "2, 2000", "8, 2000", "24, 6000", "32, 8000", "200, 8000" })
	void manyNodesRepeatTheirReportsLessOften(int nodes, long millis) {
		assertThat(interval(nodes, Placement.ANYWHERE)).isEqualTo(millis);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 200 })
	void leasesAreRenewedAsOftenAmongManyNodes(int nodes) {
		Placement leased = new Placement(List.of(), Duration.ZERO, Quorum.of("2"), Duration.ofSeconds(10),
				Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT);
		assertThat(interval(nodes, leased)).isLessThanOrEqualTo(2000);
	}

	private static long interval(int nodes, Placement placement) {
		FailoverState state = new FailoverState(SELF, 1, Map.of("app", placement), Duration.ofSeconds(1), at(0));
		state.viewChanged(IntStream.rangeClosed(1, nodes).mapToObj((number) -> Node.of("n" + number + "@a")).toList(),
				at(0));
		state.settle(at(0));
		long millis = 10;
		while (state.settle(at(millis)).stream().noneMatch(RepeatedReportTests::isReport)) {
			millis += 10;
		}
		return millis;
	}

	private static boolean isReport(Effect effect) {
		return effect instanceof Effect.Send send && send.frame() instanceof NodeReport;
	}

	private static Moment at(long millis) {
		return new Moment(Duration.ofMillis(millis).toNanos(), 0, 0);
	}

}
