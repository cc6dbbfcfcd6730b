package io.clusterspring.jgroups.flow;

import java.util.Set;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

import io.clusterspring.PayloadLimit;

import static org.assertj.core.api.Assertions.assertThat;

class MessagePartsTests {

	private static final Address ANN = UUID.randomUUID();

	private static final Address BEN = UUID.randomUUID();

	private static final Address EVE = UUID.randomUUID();

	private long now;

	private final MessageParts parts = new MessageParts(10_000, 15_000, () -> this.now);

	@Test
	void lastPartCompletesTheMessage() {
		Message first = part();
		Message second = part();
		assertThat(this.parts.add(ANN, 7, 0, 2, first)).isNull();
		assertThat(this.parts.add(BEN, 7, 0, 2, part())).isNull();
		assertThat(this.parts.add(ANN, 7, 1, 2, second)).containsExactly(first, second);
	}

	@Test
	void completeMessageIsForgotten() {
		this.parts.add(ANN, 7, 0, 1, part());
		assertThat(this.parts.bytes()).isZero();
	}

	@Test
	void partsThatDoNotFollowEachOtherGiveNoMessage() {
		int[][] orders = { { 1, 0 }, { 0, 0, 1 }, { 0, 2, 1 }, { 1, 2 }, { -1, 0, 1 } };
		for (int id = 0; id < orders.length; id++) {
			for (int index : orders[id]) {
				assertThat(this.parts.add(ANN, id, index, 2, part())).isNull();
			}
			assertThat(this.parts.bytes()).as("order " + id).isZero();
			assertThat(this.parts.takeLost()).containsExactly(ANN);
		}
	}

	@Test
	void numberOfPartsThatChangesGivesNoMessage() {
		this.parts.add(ANN, 1, 0, 6, part());
		assertThat(this.parts.add(ANN, 1, 1, 2, part())).isNull();
		assertThat(this.parts.bytes()).isZero();
		assertThat(this.parts.takeLost()).containsExactly(ANN);
	}

	@Test
	void whatIsAnnouncedTakesNoMemory() {
		this.parts.add(ANN, 7, 0, Integer.MAX_VALUE, part());
		assertThat(this.parts.bytes()).isLessThan(2000);
	}

	@Test
	void nextMessageOfASenderTakesThePlaceOfTheUnfinishedOne() {
		for (int i = 0; i < 1000; i++) {
			this.parts.add(ANN, i, 0, 2, part());
			assertThat(this.parts.bytes()).isLessThanOrEqualTo(1000);
		}
		assertThat(this.parts.add(ANN, 998, 1, 2, part())).isNull();
		assertThat(this.parts.add(ANN, 1000, 0, 2, part())).isNull();
		assertThat(this.parts.add(ANN, 1000, 1, 2, part())).hasSize(2);
	}

	@Test
	void allSendersTogetherAreBounded() {
		for (int i = 0; i < 2 * MessageParts.MOST_SENDERS; i++) {
			this.parts.add(UUID.randomUUID(), i, 0, 2, part());
			assertThat(this.parts.bytes()).isLessThanOrEqualTo(15_000);
		}
	}

	@Test
	void whatStillComesOfAMessageThatWasGivenUpTakesNoRoom() {
		fill(ANN, 8);
		fill(BEN, 8);
		assertThat(this.parts.takeLost()).containsExactly(BEN);
		long others = this.parts.bytes();
		for (int i = 8; i < 15; i++) {
			assertThat(this.parts.add(BEN, 1, i, 15, part())).isNull();
		}
		assertThat(this.parts.bytes()).isEqualTo(others);
		assertThat(this.parts.takeLost()).isEmpty();
	}

	@Test
	void payloadsOfManyThatComeAtOnceAreGivenUpLastBegunFirst() {
		for (int i = 0; i < 9; i++) {
			for (Address sender : new Address[] { ANN, BEN, EVE }) {
				this.parts.add(sender, 1, i, 10, part());
			}
		}
		// 1000 bytes for each part: 15 fit
		assertThat(this.parts.takeLost()).containsExactly(EVE, BEN);
		assertThat(this.parts.add(ANN, 1, 9, 10, part())).hasSize(10);
		assertThat(this.parts.bytes()).isZero();
	}

	@Test
	void payloadThatDoesNotGoOnHoldsUpNoOther() {
		fill(ANN, 8);
		this.now += 3_000_000_000L;
		fill(BEN, 7);
		assertThat(this.parts.add(BEN, 1, 7, 15, part())).isNull();
		assertThat(this.parts.takeLost()).containsExactly(ANN);
		assertThat(this.parts.bytes()).isEqualTo(8000);
	}

	@Test
	void messageThatItsSenderGivesUpIsForgotten() {
		this.parts.add(ANN, 2, 0, 2, part());
		this.parts.forget(ANN, 1);
		this.parts.forget(BEN, 2);
		assertThat(this.parts.bytes()).isEqualTo(1000);
		this.parts.forget(ANN, 2);
		assertThat(this.parts.bytes()).isZero();
		assertThat(this.parts.takeLost()).isEmpty();
	}

	@Test
	void oneMessageOfTheLargestSizeFits() {
		int largest = 10 * MessageParts.PART;
		MessageParts bounded = new MessageParts(largest);
		for (int i = 0; i < 10; i++) {
			Message part = new BytesMessage(null, new byte[MessageParts.PART]);
			assertThat(bounded.add(ANN, 1, i, MessageParts.count(largest) + 2, part)).isNull();
			assertThat(bounded.takeLost()).isEmpty();
		}
		bounded.add(ANN, 1, 10, MessageParts.count(largest) + 2, part());
		assertThat(bounded.takeLost()).containsExactly(ANN);
	}

	@Test
	void nodeTakesNoMoreThanAQuarterOfItsHeap() {
		long quarter = Runtime.getRuntime().maxMemory() / 4;
		assertThat((long) MessageParts.largestOf(new PayloadLimit(PayloadLimit.SMALLEST)))
			.isEqualTo(PayloadLimit.SMALLEST + PayloadLimit.AROUND);
		assertThat((long) MessageParts.largestOf(new PayloadLimit(PayloadLimit.LARGEST)))
			.isEqualTo(Math.min(quarter, PayloadLimit.LARGEST + PayloadLimit.AROUND));
	}

	@Test
	void partsOfAMemberThatHasLeftAreForgotten() {
		this.parts.add(ANN, 1, 0, 2, part());
		this.parts.retain(Set.of(BEN));
		assertThat(this.parts.bytes()).isZero();
	}

	private void fill(Address sender, int count) {
		for (int i = 0; i < count; i++) {
			this.parts.add(sender, 1, i, 15, part());
		}
	}

	private static Message part() {
		return new BytesMessage(null, new byte[500]);
	}

}
