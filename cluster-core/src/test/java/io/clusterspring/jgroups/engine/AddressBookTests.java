package io.clusterspring.jgroups.engine;

import java.util.List;

import org.jgroups.Address;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

import static org.assertj.core.api.Assertions.assertThat;

class AddressBookTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@[::1]");

	private final Address own = MemberAddress.newAddress(N1, 0);

	private final Address second = MemberAddress.newAddress(N2, 1);

	private final Address twin = MemberAddress.newAddress(N2, 1);

	private final Address third = MemberAddress.newAddress(N3, 2);

	private final AddressBook book = new AddressBook(N1);

	@Test
	void membersBecomeNodesInTheirOrder() {
		assertThat(update(this.second, this.own)).containsExactly(List.of(N2, N1));
		assertThat(update(this.second, this.own, this.third)).containsExactly(List.of(N2, N1, N3));
		assertThat(this.book.others()).containsExactlyInAnyOrder(this.second, this.third);
		assertThat(this.book.addressOf(N2)).isEqualTo(this.second);
	}

	@Test
	void sameMembersAreNoChange() {
		update(this.own, this.second);
		assertThat(update(this.own, this.second)).isEmpty();
	}

	@Test
	void newcomerWithATakenNameIsNotThere() {
		update(this.own, this.second);
		assertThat(update(this.own, this.second, this.twin)).isEmpty();
		assertThat(this.book.addressOf(N2)).isEqualTo(this.second);
		assertThat(this.book.sender(this.twin)).isNull();
		assertThat(this.book.sender(this.second)).isEqualTo(N2);
		assertThat(update(this.own, this.second)).isEmpty();
	}

	@Test
	void nameThatChangesHandsGoesAndComes() {
		update(this.own, this.second, this.twin);
		assertThat(update(this.own, this.twin)).containsExactly(List.of(N1), List.of(N1, N2));
		assertThat(this.book.addressOf(N2)).isEqualTo(this.twin);
	}

	@Test
	void ownNameIsAlwaysHeldByThisNode() {
		Address elder = MemberAddress.newAddress(N1, 0);
		assertThat(update(elder, this.second, this.own)).containsExactly(List.of(N1, N2));
		assertThat(this.book.addressOf(N1)).isEqualTo(this.own);
		assertThat(this.book.others()).containsExactly(this.second);
		assertThat(this.book.sender(elder)).isNull();
	}

	@Test
	void senderOutsideTheViewIsNoNode() {
		update(this.own);
		assertThat(this.book.sender(this.third)).isNull();
		update(this.own, this.third);
		assertThat(this.book.sender(this.third)).isEqualTo(N3);
	}

	@Test
	void idsGrowAlsoOverARestart() {
		long before = this.book.update(List.of(this.own), this.own).get(0).id();
		this.book.clear();
		assertThat(this.book.update(List.of(this.own), this.own).get(0).id()).isGreaterThan(before);
	}

	private List<List<Node>> update(Address... members) {
		return this.book.update(List.of(members), this.own).stream().map(ClusterView::nodes).toList();
	}

}
