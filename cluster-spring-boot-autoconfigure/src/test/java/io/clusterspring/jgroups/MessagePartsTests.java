package io.clusterspring.jgroups;

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

	private final MessageParts parts = new MessageParts(10_000, 15_000);

	@Test
	void lastPartCompletesTheMessageInWhateverOrderTheyCome() {
		Message first = part();
		Message second = part();
		assertThat(this.parts.add(ANN, 7, 1, 2, second)).isNull();
		assertThat(this.parts.add(BEN, 7, 0, 2, part())).isNull();
		assertThat(this.parts.add(ANN, 7, 0, 2, first)).containsExactly(first, second);
	}

	@Test
	void completeMessageIsForgotten() {
		this.parts.add(ANN, 7, 0, 1, part());
		assertThat(this.parts.bytes()).isZero();
	}

	@Test
	void partThatComesTwiceCountsOnce() {
		this.parts.add(ANN, 7, 0, 2, part());
		long once = this.parts.bytes();
		assertThat(this.parts.add(ANN, 7, 0, 2, part())).isNull();
		assertThat(this.parts.bytes()).isEqualTo(once);
	}

	@Test
	void whatIsAnnouncedTakesNoMemory() {
		this.parts.add(ANN, 7, 0, Integer.MAX_VALUE, part());
		assertThat(this.parts.bytes()).isLessThan(2000);
	}

	@Test
	void senderThatNeverCompletesLosesItsEldestMessages() {
		int given = 0;
		for (int i = 0; i < 1000; i++) {
			this.parts.add(ANN, i, 0, 2, part());
			given += this.parts.giveUp(ANN);
			assertThat(this.parts.bytes()).isLessThanOrEqualTo(10_000);
		}
		assertThat(given).isGreaterThan(900);
		assertThat(this.parts.add(ANN, 999, 1, 2, part())).hasSize(2);
	}

	@Test
	void allSendersTogetherAreBounded() {
		for (int i = 0; i < 100; i++) {
			Address sender = UUID.randomUUID();
			this.parts.add(sender, i, 0, 2, part());
			this.parts.giveUp(sender);
		}
		assertThat(this.parts.bytes()).isLessThanOrEqualTo(15_000);
	}

	@Test
	void messageThatItsSenderGivesUpIsForgotten() {
		this.parts.add(ANN, 1, 0, 2, part());
		this.parts.add(ANN, 2, 0, 2, part());
		this.parts.forget(ANN, 1);
		this.parts.forget(ANN, 7);
		this.parts.forget(BEN, 2);
		assertThat(this.parts.add(ANN, 2, 1, 2, part())).hasSize(2);
		assertThat(this.parts.bytes()).isZero();
	}

	@Test
	void oneMessageOfTheLargestSizeOfEachSenderFits() {
		int largest = 10 * MessageParts.PART;
		MessageParts bounded = new MessageParts(largest);
		for (int i = 0; i < 10; i++) {
			Message part = new BytesMessage(null, new byte[MessageParts.PART]);
			assertThat(bounded.add(ANN, 1, i, MessageParts.count(largest) + 1, part)).isNull();
			assertThat(bounded.giveUp(ANN)).isZero();
		}
		bounded.add(ANN, 2, 0, 2, part());
		assertThat(bounded.giveUp(ANN)).isEqualTo(1);
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

	@Test
	void numberOfPartsThatDoesNotFitGivesNoMessage() {
		this.parts.add(ANN, 1, 5, 6, part());
		assertThat(this.parts.add(ANN, 1, 0, 2, part())).isNull();
		assertThat(this.parts.bytes()).isZero();
	}

	private static Message part() {
		return new BytesMessage(null, new byte[500]);
	}

}
