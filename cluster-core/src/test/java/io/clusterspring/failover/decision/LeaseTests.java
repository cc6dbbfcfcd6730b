package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalClaim.Lease} and {@link LocalClaim}.
 */
class LeaseTests {

	private static final Node N1 = Node.of("n1@a");

	private static final Node N2 = Node.of("n2@a");

	private static final Node N3 = Node.of("n3@a");

	private final LocalClaim claim = new LocalClaim(
			PlacementRules.of(new Placement(List.of(List.of(N1), List.of(N2), List.of(N3)), Duration.ZERO,
					Quorum.MAJORITY, Duration.ofSeconds(10), Placement.DEFAULT_START_TIMEOUT, Duration.ofSeconds(4))),
			5, at(0));

	@Test
	void itCountsFromWhenItWasSentAndLeavesTimeToStopAndAReserve() {
		assertThat(this.claim.isValid(at(1))).isFalse();
		this.claim.count(List.of(vote(1), vote(1)));
		assertThat(this.claim.isValid(at(5.4))).isTrue();
		assertThat(this.claim.isValid(at(5.5))).isFalse();
	}

	@Test
	void oneVoteIsNotEnough() {
		this.claim.count(List.of(vote(1)));
		assertThat(this.claim.isValid(at(0))).isFalse();
	}

	@Test
	void theRoundThatEnoughHaveHeardOfCounts() {
		this.claim.lease().renew(at(2));
		this.claim.lease().renew(at(4));
		this.claim.count(List.of(vote(3), vote(2), vote(1)));
		assertThat(this.claim.isValid(at(7.4))).isTrue();
		assertThat(this.claim.isValid(at(7.5))).isFalse();
		this.claim.count(List.of(vote(3), vote(1), vote(1)));
		assertThat(this.claim.isValid(at(7.4))).as("what was granted stays so").isTrue();
		this.claim.count(List.of(vote(3), vote(3)));
		assertThat(this.claim.isValid(at(9.4))).isTrue();
	}

	@Test
	void aMachineThatSleptHasLostIt() {
		this.claim.count(List.of(vote(1), vote(1)));
		assertThat(this.claim.isValid(new Moment(1, 60_000_000_000L, 0))).isFalse();
	}

	@Test
	void aClockOnTheWallThatIsSetChangesNothing() {
		this.claim.count(List.of(vote(1), vote(1)));
		assertThat(this.claim.isValid(new Moment(1, 0, 3_600_000))).isTrue();
		assertThat(this.claim.isValid(new Moment(1, 0, -3_600_000))).isTrue();
		assertThat(this.claim.isValid(new Moment(6_000_000_000L, 0, -3_600_000))).isFalse();
	}

	private static Vote vote(long round) {
		return new Vote(N1, 1, 5, round);
	}

	private static Moment at(double seconds) {
		return new Moment((long) (seconds * 1e9), 0, (long) (seconds * 1e3));
	}

}
