package io.clusterspring.failover;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PlacementTests {

	private static final Node N1 = Node.of("n1@a");

	private static final Node N2 = Node.of("n2@a");

	private static final Node N3 = Node.of("n3@a");

	@ParameterizedTest
	@ValueSource(strings = { "some", "", "-1", "1.5", "0" })
	void otherQuorumsAreRefused(String quorum) {
		assertThatIllegalArgumentException().isThrownBy(() -> Quorum.of(quorum));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "4" })
	void aNumberThatTwoPartsOrNoneCouldReachIsRefused(String quorum) {
		assertThatIllegalArgumentException().isThrownBy(() -> placement(Quorum.of(quorum)))
			.withMessageStartingWith("quorum: ");
	}

	@Test
	void aMajorityNeedsAList() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Placement(List.of(), Duration.ZERO, Quorum.MAJORITY, Placement.DEFAULT_LEASE,
					Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT))
			.withMessageStartingWith("quorum: ");
	}

	@Test
	void aNodeIsListedOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Placement(List.of(List.of(N1), List.of(N2, N1)), Duration.ZERO, Quorum.NONE,
					Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT))
			.withMessageStartingWith("nodes: ");
	}

	@Test
	void aLeaseLeavesTimeToBeRenewed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Placement(List.of(List.of(N1)), Duration.ZERO, Quorum.MAJORITY,
					Duration.ofSeconds(10), Placement.DEFAULT_START_TIMEOUT, Duration.ofSeconds(8)))
			.withMessageStartingWith("stop-timeout: ");
	}

	@ParameterizedTest
	@CsvSource({ "1000, 301, 1001", "2000, 1400, 2100", "1500, 1000, 1700", "5000, 5000, 6667", "3999, 3000, 4000" })
	void leaseThatIsTooShortIsRejectedWithTheShortestThatFits(long lease, long stopTimeout, long fits) {
		assertThatIllegalArgumentException().isThrownBy(() -> leased(lease, stopTimeout))
			.withMessageStartingWith("lease: must be at least " + fits + " ms");
		assertThat(leased(fits, stopTimeout).longestWait()).isPositive();
	}

	@Test
	void stopTimeoutThatDoesNotFitTheLeaseIsRejectedWithBothLimitsAndTheDefaults() {
		assertThatIllegalArgumentException().isThrownBy(() -> leased(5000, 5000))
			.withMessageStartingWith("lease: must be at least 6667 ms with a stop-timeout of 5000 ms (the default), "
					+ "or the stop-timeout must be at most 3750 ms with a lease of 5000 ms,");
		assertThatIllegalArgumentException().isThrownBy(() -> leased(10_000, 8000))
			.withMessageStartingWith("stop-timeout: must be at most 7500 ms with a lease of 10000 ms (the default), "
					+ "or the lease must be at least 10667 ms with a stop-timeout of 8000 ms,");
		assertThat(leased(5000, 3750).longestWait()).isPositive();
		assertThat(leased(10_000, 7500).longestWait()).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "lease, PT0S, PT5S, PT0S", "lease, PT8784H, PT5S, PT0S", "timeout, PT10S, PT5S, PT8761H",
			"stop-timeout, PT10S, PT8761H, PT0S", "stop-timeout, PT10S, PT0.000001S, PT0S" })
	void timesThatCannotBeMeantAreRefusedWithoutAQuorumToo(String property, Duration lease, Duration stopTimeout,
			Duration timeout) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Placement(List.of(), timeout, Quorum.NONE, lease, Placement.DEFAULT_START_TIMEOUT,
					stopTimeout))
			.withMessageStartingWith(property + ": ");
	}

	@Test
	void theOrderOfEqualNodesMakesNoDifference() {
		Placement one = new Placement(List.of(List.of(N3), List.of(N1, N2)), Duration.ZERO, Quorum.NONE,
				Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT);
		Placement other = new Placement(List.of(List.of(N3), List.of(N2, N1)), Duration.ZERO, Quorum.NONE,
				Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT);
		assertThat(one).isEqualTo(other).hasToString(other.toString());
	}

	private static Placement leased(long lease, long stopTimeout) {
		return new Placement(List.of(List.of(N1), List.of(N2), List.of(N3)), Duration.ZERO, Quorum.MAJORITY,
				Duration.ofMillis(lease), Placement.DEFAULT_START_TIMEOUT, Duration.ofMillis(stopTimeout));
	}

	private static Placement placement(Quorum quorum) {
		return new Placement(List.of(List.of(N1), List.of(N2, N3)), Duration.ZERO, quorum, Placement.DEFAULT_LEASE,
				Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT);
	}

}
