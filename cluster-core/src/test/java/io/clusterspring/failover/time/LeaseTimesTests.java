package io.clusterspring.failover.time;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseTimesTests {

	@ParameterizedTest
	@CsvSource({ "1000, 300, 500, 200", "2000, 1000, 800, 200", "10000, 5000, 4500, 500", "60000, 30000, 27000, 3000" })
	void termIsTheLeaseWithoutTheTimeToStop(long lease, long stopTimeout, long term, long reserve) {
		LeaseTimes times = times(lease, stopTimeout);
		assertThat(times.term()).isEqualTo(Duration.ofMillis(term));
		assertThat(times.reserve()).isEqualTo(Duration.ofMillis(reserve));
		assertThat(times.term().plus(times.reserve()).plusMillis(stopTimeout)).isEqualTo(Duration.ofMillis(lease));
		assertThat(times.hold()).isEqualTo(Duration.ofMillis(lease + lease / 20).toNanos());
		assertThat(times.round()).isEqualTo(Duration.ofMillis(term).dividedBy(6));
	}

	@ParameterizedTest
	@CsvSource({ "301, 1001", "1400, 2100", "1000, 1700", "5000, 6667", "3000, 4000" })
	void theShortestLeaseLeavesATermThatCanBeRenewed(long stopTimeout, long shortest) {
		LeaseTimes times = times(10_000, stopTimeout);
		assertThat(times.shortestLease()).isEqualTo(Duration.ofMillis(shortest));
		assertThat(times(shortest, stopTimeout).term()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
		assertThat(times(shortest, stopTimeout).longestStop()).isGreaterThanOrEqualTo(Duration.ofMillis(stopTimeout));
	}

	private static LeaseTimes times(long lease, long stopTimeout) {
		return new LeaseTimes(Duration.ofMillis(lease), Duration.ofMillis(stopTimeout));
	}

}
