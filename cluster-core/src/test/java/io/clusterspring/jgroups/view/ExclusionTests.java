package io.clusterspring.jgroups.view;

import java.util.List;
import java.util.Set;

import org.jgroups.Address;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.view.CutLinks.Report;

import static org.assertj.core.api.Assertions.assertThat;

class ExclusionTests {

	private static final long STAND = 8000;

	private final Address n1 = MemberAddress.newAddress(Node.of("n1@h"), 0);

	private final Address n2 = MemberAddress.newAddress(Node.of("n2@h"), 1);

	private final Address n3 = MemberAddress.newAddress(Node.of("n3@h"), 2);

	private final Exclusion exclusion = new Exclusion(this.n1, STAND);

	@BeforeEach
	void join() {
		this.exclusion.installed(5, List.of(this.n1, this.n2, this.n3), 0);
	}

	@Test
	void nodeThatNobodyHearsIsExcludedAtOnce() {
		assertThat(this.exclusion.suspected(Set.of(this.n3), 100)).isTrue();
		assertThat(this.exclusion.decide(100).suspects()).isEmpty();
		assertThat(this.exclusion.heard(report(this.n2, 1, this.n3), 110)).isTrue();
		assertThat(this.exclusion.decide(110).suspects()).containsExactly(this.n3);
		assertThat(this.exclusion.decide(120).suspects()).isEmpty();
	}

	@Test
	void nodeThatSomeHearIsExcludedOnceTheReportsOfAllHadTheirTime() {
		this.exclusion.heard(report(this.n2, 1, this.n3), 100);
		assertThat(this.exclusion.decide(100).suspects()).isEmpty();
		assertThat(this.exclusion.decide(1000).suspects()).isEmpty();
		assertThat(this.exclusion.decide(1100).suspects()).containsExactly(this.n3);
	}

	@Test
	void suspicionThatIsTakenBackExcludesNobody() {
		this.exclusion.heard(report(this.n2, 1, this.n3), 100);
		this.exclusion.decide(100);
		assertThat(this.exclusion.heard(report(this.n2, 2), 600)).isTrue();
		assertThat(this.exclusion.decide(1200).suspects()).isEmpty();
		this.exclusion.heard(report(this.n2, 3, this.n3), 2000);
		assertThat(this.exclusion.decide(2500).suspects()).isEmpty();
	}

	@Test
	void olderReportsAndThoseThatDoNotComeAgainCountNoMore() {
		this.exclusion.heard(report(this.n2, 7), 90);
		assertThat(this.exclusion.heard(report(this.n2, 6, this.n3), 100)).isFalse();
		assertThat(this.exclusion.heard(report(this.n2, 8, this.n3), 200)).isTrue();
		assertThat(this.exclusion.isOpen(3200)).isTrue();
		assertThat(this.exclusion.isOpen(3201)).isFalse();
	}

	@Test
	void nodeThatIsToldOfALaterViewWithoutItExcludesItsMembers() {
		this.exclusion.told(this.n2, 6, List.of(this.n2, this.n3), 500, 100);
		assertThat(this.exclusion.decide(100).suspects()).containsExactlyInAnyOrder(this.n2, this.n3);
		this.exclusion.installed(6, List.of(this.n1), 200);
		assertThat(this.exclusion.standsFor(200)).as("as long as the view of the others").isEqualTo(400);
	}

	@Test
	void viewThatMayOnlyBeLateCountsWhenItIsToldForLong() {
		this.exclusion.told(this.n2, 4, List.of(this.n2), 500, 100);
		assertThat(this.exclusion.decide(100).suspects()).isEmpty();
		this.exclusion.told(this.n2, 4, List.of(this.n2), 500, 100 + Exclusion.PERSISTENT_MILLIS - 1);
		assertThat(this.exclusion.decide(5099).suspects()).isEmpty();
		this.exclusion.told(this.n2, 4, List.of(this.n2), 500, 100 + Exclusion.PERSISTENT_MILLIS);
		assertThat(this.exclusion.decide(6100).suspects()).isNotEmpty();
	}

	@Test
	void viewOfAnExclusionStandsAndTheExcludedAreTold() {
		this.exclusion.suspected(Set.of(this.n3), 100);
		this.exclusion.heard(report(this.n2, 1, this.n3), 100);
		this.exclusion.decide(100);
		assertThat(this.exclusion.installed(6, List.of(this.n1, this.n2), 200)).containsExactly(this.n3);
		assertThat(this.exclusion.standsFor(1200)).isEqualTo(STAND - 1000);
		assertThat(this.exclusion.standsFor(9000)).isZero();
		assertThat(this.exclusion.isOpen(201)).isFalse();
	}

	@Test
	void nodeThatLeavesIsNotTold() {
		assertThat(this.exclusion.installed(6, List.of(this.n1, this.n2), 200)).isEmpty();
		assertThat(this.exclusion.standsFor(200)).isZero();
	}

	@Test
	void decisionThatLeadsToNoViewIsTakenBack() {
		this.exclusion.heard(report(this.n2, 1, this.n3), 0);
		this.exclusion.decide(0);
		this.exclusion.decide(1000);
		assertThat(this.exclusion.isExcluded(this.n3)).isTrue();
		assertThat(this.exclusion.decide(6001).again()).containsExactly(this.n3);
		assertThat(this.exclusion.isExcluded(this.n3)).isFalse();
	}

	@Test
	void nodesOutsideTheViewHaveNoSay() {
		Address stranger = MemberAddress.newAddress(Node.of("n4@h"), 3);
		assertThat(this.exclusion.heard(report(stranger, 1, this.n3), 100)).isFalse();
		assertThat(this.exclusion.suspected(Set.of(stranger), 100)).isFalse();
		this.exclusion.told(stranger, 9, List.of(stranger), 500, 100);
		assertThat(this.exclusion.isOpen(100)).isFalse();
	}

	private static Report report(Address reporter, long number, Address... unheard) {
		return new Report(reporter, number, Set.of(unheard));
	}

}
