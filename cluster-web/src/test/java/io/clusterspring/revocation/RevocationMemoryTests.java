package io.clusterspring.revocation;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RevocationMemory}.
 */
class RevocationMemoryTests {

	private static final RevocationKey ANN = RevocationKey.socketUser("ann");

	private static final RevocationKey BOB = RevocationKey.socketUser("bob");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String OLD = SessionHash.of("old");

	private static final String NEW = SessionHash.of("new");

	private static final long SECOND = 1_000_000_000;

	private static final long RETENTION = 60 * SECOND;

	// nanoTime may be about to overflow
	private final long start = Long.MAX_VALUE - 5 * SECOND;

	private final RevocationMemory memory = new RevocationMemory(3, RETENTION);

	@Test
	void requestThatArrivedBeforeIsRevokedAndALaterOneIsNot() {
		add(Revocation.earlier(ANN, at(10)), 10);
		assertThat(isRevoked(ANN, 9)).isTrue();
		assertThat(isRevoked(ANN, 10)).as("at the same time").isTrue();
		assertThat(isRevoked(ANN, 11)).isFalse();
		assertThat(isRevoked(BOB, 9)).isFalse();
	}

	@Test
	void latestRevocationOfAKeyCounts() {
		assertThat(add(Revocation.earlier(ANN, at(10)), 10)).isTrue();
		assertThat(add(Revocation.earlier(ANN, at(20)), 20)).isTrue();
		assertThat(add(Revocation.earlier(ANN, at(15)), 21)).as("told late").isFalse();
		assertThat(isRevoked(ANN, 18)).isTrue();
		assertThat(this.memory.size()).isOne();
	}

	@Test
	void allSocketsOfAnEndedSessionAreRevokedButNotThoseThatOnlySendItsId() {
		add(Revocation.ended(OLD, at(10)), 10);
		RevocationKey key = RevocationKey.session(OLD);
		assertThat(this.memory.isRevoked(List.of(key), origin(20).in("old", null))).isTrue();
		assertThat(this.memory.isRevoked(List.of(key), origin(20).after("old"))).isFalse();
		assertThat(this.memory.isRevoked(List.of(key), origin(9).after("old"))).isTrue();
	}

	@Test
	void sessionEndsOnce() {
		assertThat(add(Revocation.ended(OLD, at(10)), 10)).isTrue();
		assertThat(add(Revocation.ended(OLD, at(11)), 11)).isFalse();
		assertThat(add(Revocation.earlier(RevocationKey.session(OLD), at(12)), 12)).isFalse();
		assertThat(add(Revocation.renamed(OLD, NEW, at(13)), 13)).isFalse();
		assertThat(this.memory.current(RevocationKey.session(OLD))).isEqualTo(RevocationKey.session(OLD));
	}

	@Test
	void endOfASessionCountsEvenIfItsSocketsWereRevokedBefore() {
		add(Revocation.earlier(RevocationKey.session(OLD), at(10)), 10);
		assertThat(add(Revocation.ended(OLD, at(9)), 11)).isTrue();
		assertThat(this.memory.isRevoked(List.of(RevocationKey.session(OLD)), origin(20).in("old", null))).isTrue();
	}

	@Test
	void sessionIsFoundUnderItsNewId() {
		add(Revocation.renamed(OLD, NEW, at(10)), 10);
		assertThat(this.memory.current(RevocationKey.session(OLD))).isEqualTo(RevocationKey.session(NEW));
		assertThat(this.memory.current(ANN)).isEqualTo(ANN);
		add(Revocation.renamed(NEW, SessionHash.of("newer"), at(11)), 11);
		assertThat(this.memory.current(RevocationKey.session(OLD)))
			.isEqualTo(RevocationKey.session(SessionHash.of("newer")));
	}

	@Test
	void newIdIsToldOnceAndKeepsWhatWasRevoked() {
		add(Revocation.earlier(RevocationKey.session(OLD), at(10)), 10);
		assertThat(add(Revocation.renamed(OLD, NEW, at(11)), 11)).isTrue();
		assertThat(add(Revocation.renamed(OLD, NEW, at(12)), 12)).isFalse();
		assertThat(isRevoked(RevocationKey.session(NEW), 9)).isTrue();
		assertThat(isRevoked(RevocationKey.session(NEW), 11)).isFalse();
	}

	@Test
	void circleOfIdsEnds() {
		add(Revocation.renamed(OLD, NEW, at(10)), 10);
		add(Revocation.renamed(NEW, OLD, at(11)), 11);
		assertThat(this.memory.current(RevocationKey.session(OLD)).subject()).isEqualTo(RevocationKey.Subject.SESSION);
	}

	@Test
	void socketOlderThanTheMemoryCountsAsRevoked() {
		assertThat(this.memory.isTooOld(origin(0), at(60))).isFalse();
		assertThat(this.memory.isTooOld(origin(0), at(61))).isTrue();
	}

	@Test
	void revocationIsForgottenAfterItsTime() {
		add(Revocation.earlier(ANN, at(0)), 0);
		add(Revocation.earlier(BOB, at(61)), 61);
		assertThat(this.memory.size()).isOne();
		assertThat(this.memory.forgotten()).isZero();
		assertThat(this.memory.hasForgottenSince(origin(1))).as("too old is said elsewhere").isFalse();
	}

	@Test
	void fullMemoryForgetsTheOldestAndTakesTheSocketsOfThatTimeForRevoked() {
		for (int i = 1; i <= 4; i++) {
			add(Revocation.earlier(RevocationKey.socketUser("user" + i), at(i)), i);
		}
		assertThat(this.memory.size()).isEqualTo(3);
		assertThat(this.memory.forgotten()).isOne();
		assertThat(isRevoked(RevocationKey.socketUser("user1"), 0)).as("it is forgotten").isFalse();
		assertThat(this.memory.hasForgottenSince(origin(0))).isTrue();
		assertThat(this.memory.hasForgottenSince(origin(2))).as("a session may end for a second").isTrue();
		assertThat(this.memory.hasForgottenSince(origin(3))).isFalse();
	}

	@Test
	void ownRevocationsAreToldAndThoseOfOthersAreNot() {
		Revocation own = Revocation.earlier(ANN, at(1));
		this.memory.add(own, null, at(1));
		this.memory.add(Revocation.earlier(BOB, at(2)), N2, at(2));
		assertThat(this.memory.own(at(3))).containsExactly(own);
		assertThat(this.memory.own(at(62))).isEmpty();
	}

	@Test
	void ownRevocationThatAnotherNodeRepeatsIsStillTold() {
		this.memory.add(Revocation.earlier(ANN, at(1)), null, at(1));
		Revocation later = Revocation.earlier(ANN, at(2));
		this.memory.add(later, N2, at(2));
		assertThat(this.memory.own(at(3))).containsExactly(later);
	}

	@Test
	void revocationsOfANodeThatIsGoneAreToldAsOwnOnes() {
		Revocation heard = Revocation.earlier(ANN, at(1));
		this.memory.add(heard, N2, at(1));
		this.memory.add(Revocation.earlier(BOB, at(2)), Node.of("n3@127.0.0.1"), at(2));
		this.memory.adopt(Set.of(N2));
		assertThat(this.memory.own(at(3))).containsExactly(heard);
	}

	@Test
	void saysWhatItCannotTellAnyMore() {
		assertThat(this.memory.untold(at(0), true, at(1))).isNull();
		add(Revocation.earlier(ANN, at(1)), 1);
		add(Revocation.ended(OLD, at(5)), 5);
		this.memory.add(Revocation.earlier(BOB, at(9)), N2, at(9));
		assertThat(this.memory.untold(at(0), true, at(60))).as("all is remembered").isNull();
		assertThat(this.memory.untold(at(0), true, at(62))).isEqualTo(at(1));
		assertThat(this.memory.untold(at(0), true, at(80))).as("others tell their own").isEqualTo(at(5));
		assertThat(this.memory.untold(at(0), false, at(80))).isEqualTo(at(1));
		assertThat(this.memory.untold(at(2), false, at(80))).isNull();
		assertThat(this.memory.untold(at(5), true, at(80))).isEqualTo(at(5));
	}

	@Test
	void cannotTellWhatItHasForgottenBecauseItWasFull() {
		for (int i = 1; i <= 4; i++) {
			add(Revocation.earlier(RevocationKey.socketUser("user" + i), at(i)), i);
		}
		assertThat(this.memory.untold(at(0), true, at(5))).isEqualTo(at(1));
		assertThat(this.memory.untold(at(2), true, at(5))).isNull();
	}

	private boolean add(Revocation revocation, long now) {
		return this.memory.add(revocation, null, at(now));
	}

	private boolean isRevoked(RevocationKey key, long arrived) {
		return this.memory.isRevoked(List.of(key), origin(arrived));
	}

	private SocketOrigin origin(long second) {
		return SocketOrigin.at(at(second));
	}

	private long at(long second) {
		return this.start + second * SECOND;
	}

}
