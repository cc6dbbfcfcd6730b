package io.clusterspring.jgroups;

import java.util.List;
import java.util.stream.Stream;

import org.jgroups.Address;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemberAddress}.
 */
class MemberAddressTests {

	@Test
	void addressCarriesItsNodeAndSortsByRank() {
		Address own = address("n1", 0);
		Address second = address("n2", 1);
		Address twin = address("n2", 1);
		Address third = address("n3", 2);
		assertThat(MemberAddress.nodeOf(third)).isEqualTo(Node.of("n3@127.0.0.1"));
		assertThat(MemberAddress.nodeOf(UUID.randomUUID())).isNull();
		assertThat(Stream.of(third, own, second).sorted()).containsExactly(own, second, third);
		assertThat(second).isNotEqualTo(twin);
	}

	@Test
	void ofMembersOfOneNameTheFirstHasIt() {
		Address own = address("n1", 0);
		Address elder = address("n2", 0);
		Address newcomer = address("n2", 0);
		Address third = address("n3", 0);
		List<Address> members = List.of(own, elder, third, newcomer);
		assertThat(MemberAddress.elder(members, newcomer)).isEqualTo(elder);
		assertThat(MemberAddress.elder(members, elder)).isNull();
		assertThat(MemberAddress.elder(members, own)).isNull();
		assertThat(MemberAddress.elder(List.of(third), third)).isNull();
	}

	private static Address address(String name, int rank) {
		return MemberAddress.newAddress(Node.of(name + "@127.0.0.1"), rank);
	}

}
