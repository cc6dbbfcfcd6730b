package io.clusterspring.jgroups.engine;

import java.util.Collection;
import java.util.List;

import org.jgroups.Address;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.engine.NodeStack.LargerPartFirst;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LargerPartFirst}.
 */
class LargerPartFirstTests {

	private final Address n1 = address("n1", 0);

	private final Address n2 = address("n2", 1);

	private final Address n3 = address("n3", 2);

	private final Address n3Again = address("n3", 2);

	@Test
	void whoComesBackAloneIsLast() {
		assertThat(merge(List.of(List.of(this.n1), List.of(this.n3, this.n2)))).containsExactly(this.n3, this.n2,
				this.n1);
	}

	@Test
	void namesakeWhoWasGoneIsBehindTheOneWhoStayed() {
		assertThat(merge(List.of(List.of(this.n3), List.of(this.n1, this.n2, this.n3Again)))).containsExactly(this.n1,
				this.n2, this.n3Again, this.n3);
	}

	@Test
	void equalPartsAreInTheOrderOfTheirFirstMembers() {
		assertThat(merge(List.of(List.of(this.n3), List.of(this.n2), List.of(this.n1)))).containsExactly(this.n1,
				this.n2, this.n3);
	}

	@Test
	void memberOfTwoPartsIsThereOnce() {
		assertThat(merge(List.of(List.of(this.n3, this.n1), List.of(this.n1, this.n2, this.n3))))
			.containsExactly(this.n1, this.n2, this.n3);
	}

	@Test
	void emptyPartDoesNotMatter() {
		assertThat(merge(List.of(List.of(), List.of(this.n1)))).containsExactly(this.n1);
	}

	@Test
	void engineMayTakeMembersOut() {
		List<Address> merged = merge(List.of(List.of(this.n1, this.n2), List.of(this.n3)));
		merged.retainAll(List.of(this.n1));
		assertThat(merged).containsExactly(this.n1);
	}

	private static List<Address> merge(List<Collection<Address>> parts) {
		return new LargerPartFirst().getNewMembership(parts);
	}

	private static Address address(String name, int rank) {
		return MemberAddress.newAddress(Node.of(name + "@127.0.0.1"), rank);
	}

}
