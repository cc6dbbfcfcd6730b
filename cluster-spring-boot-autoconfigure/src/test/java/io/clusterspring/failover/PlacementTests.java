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
	@CsvSource({ "none, 0", "majority, 2", "2, 2", "3, 3", "MAJORITY, 2" })
	void quorumsAreCountedOfTheListedNodes(String quorum, int required) {
		assertThat(placement(Quorum.of(quorum)).required()).isEqualTo(required);
	}

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
					Placement.DEFAULT_STOP_TIMEOUT))
			.withMessageStartingWith("quorum: ");
	}

	@Test
	void aNodeIsListedOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Placement(List.of(List.of(N1), List.of(N2, N1)), Duration.ZERO, Quorum.NONE,
					Placement.DEFAULT_LEASE, Placement.DEFAULT_STOP_TIMEOUT))
			.withMessageStartingWith("nodes: ");
	}

	@Test
	void aLeaseLeavesTimeToBeRenewed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Placement(List.of(List.of(N1)), Duration.ZERO, Quorum.MAJORITY,
					Duration.ofSeconds(10), Duration.ofSeconds(8)))
			.withMessageStartingWith("stop-timeout: ");
	}

	@Test
	void theOrderOfEqualNodesMakesNoDifference() {
		Placement one = new Placement(List.of(List.of(N3), List.of(N1, N2)), Duration.ZERO, Quorum.NONE,
				Placement.DEFAULT_LEASE, Placement.DEFAULT_STOP_TIMEOUT);
		Placement other = new Placement(List.of(List.of(N3), List.of(N2, N1)), Duration.ZERO, Quorum.NONE,
				Placement.DEFAULT_LEASE, Placement.DEFAULT_STOP_TIMEOUT);
		assertThat(one).isEqualTo(other).hasToString(other.toString());
	}

	private static Placement placement(Quorum quorum) {
		return new Placement(List.of(List.of(N1), List.of(N2, N3)), Duration.ZERO, quorum, Placement.DEFAULT_LEASE,
				Placement.DEFAULT_STOP_TIMEOUT);
	}

}
