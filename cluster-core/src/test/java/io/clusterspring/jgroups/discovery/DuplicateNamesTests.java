package io.clusterspring.jgroups.discovery;

import java.util.ArrayList;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.View;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DuplicateNames}.
 */
class DuplicateNamesTests {

	private final Address own = address("n1");

	private final Address elder = address("n2");

	private final Address newcomer = address("n2");

	private final View view = View.create(this.own, 1, this.own, this.elder);

	private final List<Address> doubted = new ArrayList<>();

	private final DuplicateNames duplicates = new DuplicateNames(this.doubted::add);

	@Test
	void memberIsDoubtedOnceForAllThatIsAsked() {
		this.duplicates.asked(this.newcomer, this.view, this.own);
		this.duplicates.asked(this.newcomer, this.view, this.own);
		assertThat(this.doubted).containsExactly(this.elder);
		assertThat(this.duplicates.isMissed(this.elder, this.view)).isTrue();
	}

	@Test
	void memberThatSaysAnythingIsNotMissed() {
		this.duplicates.asked(this.newcomer, this.view, this.own);
		assertThat(this.duplicates.isSilent(this.elder)).isTrue();
		this.duplicates.heard(this.newcomer);
		this.duplicates.heard(this.own);
		assertThat(this.duplicates.isSilent(this.elder)).isTrue();
		this.duplicates.heard(this.elder);
		assertThat(this.duplicates.isSilent(this.elder)).isFalse();
		assertThat(this.duplicates.isMissed(this.elder, this.view)).isFalse();
	}

	@Test
	void memberIsDoubtedAgainWhenPatienceIsOver() {
		this.duplicates.asked(this.newcomer, this.view, this.own);
		this.duplicates.isMissed(this.elder, this.view);
		this.duplicates.asked(this.newcomer, this.view, this.own);
		assertThat(this.doubted).containsExactly(this.elder, this.elder);
	}

	@Test
	void whoHasLeftMeanwhileIsNotMissed() {
		this.duplicates.asked(this.newcomer, this.view, this.own);
		assertThat(this.duplicates.isMissed(this.elder, View.create(this.own, 2, this.own))).isFalse();
	}

	@Test
	void otherNamesAreNotDoubted() {
		this.duplicates.asked(address("n3"), this.view, this.own);
		assertThat(this.doubted).isEmpty();
	}

	@Test
	void memberThatAsksDoubtsNobody() {
		View twins = View.create(this.own, 2, this.own, this.elder, this.newcomer);
		this.duplicates.asked(this.newcomer, twins, this.own);
		assertThat(this.doubted).isEmpty();
	}

	@Test
	void thisNodeDoesNotDoubtItself() {
		this.duplicates.asked(address("n1"), this.view, this.own);
		assertThat(this.doubted).isEmpty();
	}

	@Test
	void nodeWithoutViewDoubtsNobody() {
		this.duplicates.asked(this.newcomer, null, this.own);
		assertThat(this.doubted).isEmpty();
	}

	private static Address address(String name) {
		return MemberAddress.newAddress(Node.of(name + "@127.0.0.1"), 0);
	}

}
