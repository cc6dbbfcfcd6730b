package io.clusterspring.jgroups.view;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.View;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.view.MergeRound.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class MergeRoundTests {

	private final Address n1 = MemberAddress.newAddress(Node.of("n1@h"), 0);

	private final Address n2 = MemberAddress.newAddress(Node.of("n2@h"), 1);

	private final Address n3 = MemberAddress.newAddress(Node.of("n3@h"), 2);

	private final Address n4 = MemberAddress.newAddress(Node.of("n4@h"), 3);

	private final View pair = View.create(this.n1, 6, this.n1, this.n2);

	private final View third = View.create(this.n3, 6, this.n3);

	private final View fourth = View.create(this.n4, 6, this.n4);

	private final MergeRound round = new MergeRound(1, this.n1,
			Map.of(this.n1, this.pair, this.n3, this.third, this.n4, this.fourth));

	@Test
	void allThatReachEachOtherMerge() {
		answer(this.n1, this.pair);
		answer(this.n2, this.pair);
		answer(this.n3, this.third);
		assertThat(this.round.isComplete()).isFalse();
		answer(this.n4, this.fourth);
		assertThat(this.round.isComplete()).isTrue();
		assertThat(this.round.outcome().isMerge()).isTrue();
		assertThat(this.round.outcome().views()).containsOnlyKeys(this.n1, this.n3, this.n4);
	}

	@Test
	void partWithAMemberThatAnotherOneDoesNotReachStaysOut() {
		answer(this.n1, this.pair);
		answer(this.n2, this.pair, this.n3);
		answer(this.n3, this.third);
		answer(this.n4, this.fourth);
		assertThat(this.round.outcome().views()).containsOnlyKeys(this.n1, this.n4);
	}

	@Test
	void linkThatIsCutInTheOtherDirectionCounts() {
		answer(this.n1, this.pair);
		answer(this.n2, this.pair);
		answer(this.n3, this.third, this.n2);
		answer(this.n4, this.fourth, this.n1);
		assertThat(this.round.outcome().isMerge()).isFalse();
	}

	@Test
	void partThatDoesNotAnswerStaysOut() {
		answer(this.n1, this.pair);
		answer(this.n2, this.pair);
		answer(this.n3, this.third);
		assertThat(this.round.outcome().views()).containsOnlyKeys(this.n1, this.n3);
	}

	@Test
	void partThatHasAnotherViewMeanwhileStaysOut() {
		answer(this.n1, this.pair);
		answer(this.n2, this.pair);
		answer(this.n3, View.create(this.n3, 7, this.n3));
		answer(this.n4, this.fourth);
		assertThat(this.round.outcome().views()).containsOnlyKeys(this.n1, this.n4);
	}

	@Test
	void oldAndNewViewOfTheSameMembersMerge() {
		View old = View.create(this.n1, 5, this.n1, this.n2);
		MergeRound again = new MergeRound(1, this.n1, Map.of(this.n1, this.pair, this.n2, old));
		again.answered(this.n1, new Answer(this.pair.getViewId(), 0, Set.of()));
		again.answered(this.n2, new Answer(old.getViewId(), 0, Set.of()));
		assertThat(again.outcome().isMerge()).isTrue();
	}

	@Test
	void mergeWaitsForTheLastViewThatHasToStand() {
		for (Address member : List.of(this.n1, this.n2)) {
			this.round.answered(member, new Answer(this.pair.getViewId(), 300, Set.of()));
		}
		this.round.answered(this.n3, new Answer(this.third.getViewId(), 700, Set.of()));
		this.round.answered(this.n4, new Answer(this.fourth.getViewId(), 9000, Set.of(this.n1)));
		assertThat(this.round.outcome().delay()).isEqualTo(700);
	}

	@Test
	void partsWithTwoProcessesOfOneNameDoNotWait() {
		Address twin = MemberAddress.newAddress(Node.of("n2@h"), 1);
		View alone = View.create(twin, 7, twin);
		MergeRound again = new MergeRound(1, this.n1, Map.of(this.n1, this.pair, twin, alone));
		again.answered(this.n1, new Answer(this.pair.getViewId(), 7000, Set.of()));
		again.answered(this.n2, new Answer(this.pair.getViewId(), 7000, Set.of()));
		again.answered(twin, new Answer(alone.getViewId(), 7000, Set.of()));
		assertThat(again.outcome().isMerge()).isTrue();
		assertThat(again.outcome().delay()).isZero();
	}

	@Test
	void memberOfAnotherPartIsNotOfThisOne() {
		Address twin = MemberAddress.newAddress(Node.of("n2@h"), 1);
		View both = View.create(twin, 7, twin, this.n2);
		MergeRound again = new MergeRound(1, this.n1, Map.of(this.n1, this.pair, twin, both));
		for (Address member : List.of(this.n1, this.n2)) {
			again.answered(member, new Answer(this.pair.getViewId(), 0, Set.of()));
		}
		again.answered(twin, new Answer(both.getViewId(), 0, Set.of()));
		assertThat(again.outcome().views()).containsEntry(this.n1, this.pair);
		assertThat(again.outcome().views().get(twin).getMembers()).containsExactly(twin);
	}

	private void answer(Address member, View view, Address... unreached) {
		this.round.answered(member, new Answer(view.getViewId(), 0, Set.of(unreached)));
	}

}
