package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

class BallotTests {

	private static final Node N1 = Node.of("n1@a");

	private static final Node N2 = Node.of("n2@a");

	private static final Node N3 = Node.of("n3@a");

	private static final Duration LEASE = Duration.ofSeconds(10);

	private static final PlacementRules MAJORITY = placement(Quorum.MAJORITY);

	private static final long LIFE = 7;

	private final Ballot ballot = new Ballot(MAJORITY, N1, LIFE, at(0));

	@Test
	void nodeThatHasJustStartedDoesNotVoteForTheLifetimeOfAVote() {
		assertThat(cast(this.ballot, 0, claim(N2, 1, 5, 1))).isNull();
		assertThat(cast(this.ballot, 10.4, claim(N2, 1, 5, 2))).isNull();
		assertThat(cast(this.ballot, 10.6, claim(N2, 1, 5, 3))).isEqualTo(new Vote(N2, 1, 5, 3));
	}

	@Test
	void nodeThatWasEvictedDoesNotVoteAtOnce() {
		Ballot settled = settled();
		assertThat(cast(settled, 20, claim(N2, 1, 5, 1))).isEqualTo(new Vote(N2, 1, 5, 1));
		settled.forget(at(21));
		assertThat(cast(settled, 21, claim(N2, 1, 5, 2))).isNull();
		assertThat(cast(settled, 31.4, claim(N3, 1, 6, 1))).isNull();
		assertThat(cast(settled, 31.6, claim(N3, 1, 6, 2))).isEqualTo(new Vote(N3, 1, 6, 2));
	}

	@Test
	void nodeWithAllReportsVotesAtOnce() {
		assertThat(cast(this.ballot, 0, idle(N1), claim(N2, 1, 5, 1), idle(N3))).isEqualTo(new Vote(N2, 1, 5, 1));
	}

	@Test
	void nodeWithoutAllReportsDoesNotVoteAtOnce() {
		assertThat(cast(this.ballot, 0, idle(N1), claim(N2, 1, 5, 1))).as("n3 is missing").isNull();
		assertThat(cast(this.ballot, 0, idle(N1), claim(N2, 1, 5, 1), claim(N3, 1, 6, 1))).as("two claims").isNull();
		assertThat(cast(this.ballot, 0, idle(N1), claim(N2, 1, 5, 1), young(N3))).as("n3 has just started").isNull();
		assertThat(cast(this.ballot, 0, idle(N1), claim(N2, 1, 5, 1), voter(N3, new Vote(N1, LIFE - 1, 4, 1))))
			.as("n3 votes for an earlier life of this node")
			.isNull();
	}

	@Test
	void aVoteIsKeptUntilItIsOver() {
		Ballot settled = settled();
		assertThat(cast(settled, 20, claim(N2, 1, 5, 1))).isEqualTo(new Vote(N2, 1, 5, 1));
		assertThat(cast(settled, 29, claim(N3, 1, 6, 1))).as("n2 is out of sight").isEqualTo(new Vote(N2, 1, 5, 1));
		assertThat(cast(settled, 30.4, claim(N3, 1, 6, 2))).isEqualTo(new Vote(N2, 1, 5, 1));
		assertThat(cast(settled, 30.6, claim(N3, 1, 6, 3))).isEqualTo(new Vote(N3, 1, 6, 3));
	}

	@Test
	void expiredClaimNeedsANewRound() {
		Ballot settled = settled();
		cast(settled, 20, claim(N2, 1, 5, 1));
		assertThat(cast(settled, 30.6, claim(N2, 1, 5, 1))).isNull();
		assertThat(cast(settled, 31, claim(N2, 1, 5, 2))).isEqualTo(new Vote(N2, 1, 5, 2));
		assertThat(cast(settled, 35, claim(N2, 1, 5, 3))).isEqualTo(new Vote(N2, 1, 5, 3));
		assertThat(cast(settled, 46, claim(N2, 1, 5, 3))).isNull();
	}

	@Test
	void eachRoundKeepsItLonger() {
		Ballot settled = settled();
		cast(settled, 20, claim(N2, 1, 5, 1));
		assertThat(cast(settled, 25, claim(N2, 1, 5, 2), claim(N3, 1, 6, 1))).isEqualTo(new Vote(N2, 1, 5, 2));
		assertThat(cast(settled, 35, claim(N3, 1, 6, 2))).isEqualTo(new Vote(N2, 1, 5, 2));
		assertThat(cast(settled, 36, claim(N3, 1, 6, 2))).isEqualTo(new Vote(N3, 1, 6, 2));
	}

	@Test
	void voteEndsWhenTheClaimerGivesUpButNotWhenItRestarts() {
		Ballot settled = settled();
		cast(settled, 20, claim(N2, 1, 5, 1));
		PeerReport other = peer(N2, 2, true, null, null);
		assertThat(cast(settled, 21, other, claim(N3, 1, 6, 1))).isEqualTo(new Vote(N2, 1, 5, 1));
		assertThat(cast(settled, 22, idle(N2), claim(N3, 1, 6, 1))).isEqualTo(new Vote(N3, 1, 6, 1));
	}

	@Test
	void smallerTokensComeTooLate() {
		Ballot settled = settled();
		cast(settled, 20, claim(N2, 1, 5, 1));
		assertThat(cast(settled, 21, idle(N2), claim(N3, 1, 4, 1))).isNull();
		assertThat(cast(settled, 22, idle(N2), claim(N3, 1, 5, 1))).isNull();
		assertThat(cast(settled, 23, idle(N2), claim(N3, 1, 6, 1))).isEqualTo(new Vote(N3, 1, 6, 1));
	}

	@Test
	void withoutAQuorumTheVoteForANodeThatHasGoneEnds() {
		Ballot free = new Ballot(placement(Quorum.NONE), N1, LIFE, at(0));
		assertThat(cast(free, 0, claim(N2, 1, 5, 1))).isEqualTo(new Vote(N2, 1, 5, 1));
		assertThat(cast(free, 1, claim(N2, 1, 5, 1), claim(N3, 1, 6, 1))).isEqualTo(new Vote(N2, 1, 5, 1));
		assertThat(cast(free, 2, claim(N3, 1, 6, 1))).isEqualTo(new Vote(N3, 1, 6, 1));
	}

	private static Ballot settled() {
		return new Ballot(MAJORITY, N1, LIFE, at(0));
	}

	private static Vote cast(Ballot ballot, double seconds, PeerReport... peers) {
		List<PeerReport> now = new ArrayList<>();
		for (PeerReport peer : peers) {
			now.add(new PeerReport(peer.node(), peer.incarnation(), false, at(seconds), 0, peer.report()));
		}
		ballot.cast(now, true, at(seconds));
		return ballot.vote();
	}

	private static Moment at(double seconds) {
		return new Moment((long) (seconds * 1e9), 0, (long) (seconds * 1e3));
	}

	private static PeerReport claim(Node node, long life, long token, long round) {
		return peer(node, life, true, new Claim(token, round, Claim.Stage.CLAIMED, 0), null);
	}

	private static PeerReport idle(Node node) {
		return peer(node, 1, true, null, null);
	}

	private static PeerReport young(Node node) {
		return peer(node, 1, false, null, null);
	}

	private static PeerReport voter(Node node, Vote vote) {
		return peer(node, 1, true, null, vote);
	}

	private static PeerReport peer(Node node, long life, boolean settled, Claim claim, Vote vote) {
		return new PeerReport(node, life, false, at(0), 0, new ApplicationReport("app", MAJORITY.placement().toString(),
				Readiness.READY, true, settled, claim, vote, 0, null, Pins.Pin.NONE, Electorate.of(MAJORITY)));
	}

	private static PlacementRules placement(Quorum quorum) {
		return PlacementRules.of(new Placement(List.of(List.of(N1), List.of(N2), List.of(N3)), Duration.ZERO, quorum,
				LEASE, Placement.DEFAULT_START_TIMEOUT, Duration.ofSeconds(5)));
	}

}
