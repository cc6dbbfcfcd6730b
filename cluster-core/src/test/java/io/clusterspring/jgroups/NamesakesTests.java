package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.View;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Namesakes}.
 */
class NamesakesTests {

	private final Address own = address("n1");

	private final Address elder = address("n2");

	private final Address newcomer = address("n2");

	private final View view = View.create(this.own, 1, this.own, this.elder);

	private final List<Address> doubted = new ArrayList<>();

	private final Namesakes namesakes = new Namesakes(this.doubted::add);

	@Test
	void memberIsDoubtedOnceForAllThatIsAsked() {
		this.namesakes.asked(this.newcomer, this.view, this.own);
		this.namesakes.asked(this.newcomer, this.view, this.own);
		assertThat(this.doubted).containsExactly(this.elder);
		assertThat(this.namesakes.isMissed(this.elder, this.view)).isTrue();
	}

	@Test
	void memberThatSaysAnythingIsNotMissed() {
		this.namesakes.asked(this.newcomer, this.view, this.own);
		assertThat(this.namesakes.isSilent(this.elder)).isTrue();
		this.namesakes.heard(this.newcomer);
		this.namesakes.heard(this.own);
		assertThat(this.namesakes.isSilent(this.elder)).isTrue();
		this.namesakes.heard(this.elder);
		assertThat(this.namesakes.isSilent(this.elder)).isFalse();
		assertThat(this.namesakes.isMissed(this.elder, this.view)).isFalse();
	}

	@Test
	void ofMembersOfOneNameTheFirstHasIt() {
		Address third = address("n3");
		List<Address> members = List.of(this.own, this.elder, third, this.newcomer);
		assertThat(Namesakes.elder(members, this.newcomer)).isEqualTo(this.elder);
		assertThat(Namesakes.elder(members, this.elder)).isNull();
		assertThat(Namesakes.elder(members, this.own)).isNull();
		assertThat(Namesakes.elder(List.of(third), third)).isNull();
	}

	@Test
	void memberIsDoubtedAgainWhenPatienceIsOver() {
		this.namesakes.asked(this.newcomer, this.view, this.own);
		this.namesakes.isMissed(this.elder, this.view);
		this.namesakes.asked(this.newcomer, this.view, this.own);
		assertThat(this.doubted).containsExactly(this.elder, this.elder);
	}

	@Test
	void whoHasLeftMeanwhileIsNotMissed() {
		this.namesakes.asked(this.newcomer, this.view, this.own);
		assertThat(this.namesakes.isMissed(this.elder, View.create(this.own, 2, this.own))).isFalse();
	}

	@Test
	void otherNamesAreNotDoubted() {
		this.namesakes.asked(address("n3"), this.view, this.own);
		assertThat(this.doubted).isEmpty();
	}

	@Test
	void memberThatAsksDoubtsNobody() {
		View twins = View.create(this.own, 2, this.own, this.elder, this.newcomer);
		this.namesakes.asked(this.newcomer, twins, this.own);
		assertThat(this.doubted).isEmpty();
	}

	@Test
	void thisNodeDoesNotDoubtItself() {
		this.namesakes.asked(address("n1"), this.view, this.own);
		assertThat(this.doubted).isEmpty();
	}

	@Test
	void nodeWithoutViewDoubtsNobody() {
		this.namesakes.asked(this.newcomer, null, this.own);
		assertThat(this.doubted).isEmpty();
	}

	private static Address address(String name) {
		return AddressBook.newAddress(Node.of(name + "@127.0.0.1"), 0);
	}

}
