package io.clusterspring.channel.longpoll;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LastAnswer}.
 */
class LastAnswerTests {

	private final LastAnswer answer = new LastAnswer();

	@Test
	void nothingIsKeptAtFirst() {
		this.answer.acknowledge(0);
		isGone();
	}

	@Test
	void messagesAreKeptUntilTheClientAcknowledgesThem() {
		this.answer.acknowledge(0);
		this.answer.keep(List.of("a", "b"), 5);
		isKept("a", "b");
		assertThat(this.answer.size()).isEqualTo(5);
		this.answer.acknowledge(1);
		isGone();
	}

	@Test
	void clientThatCountsAnswersGetsThemUntilItAcknowledgesThem() {
		this.answer.keep(List.of("a"), 1);
		this.answer.acknowledge(1);
		this.answer.keep(List.of("b"), 1);
		for (int i = 0; i < 3; i++) {
			this.answer.acknowledge(1);
			isKept("b");
		}
		this.answer.acknowledge(2);
		isGone();
	}

	@Test
	void clientThatDoesNotCountAnswersGetsThemTwice() {
		this.answer.acknowledge(0);
		this.answer.keep(List.of("a"), 1);
		this.answer.acknowledge(0);
		isKept("a");
		this.answer.acknowledge(0);
		isGone();
		this.answer.keep(List.of("b"), 1);
		this.answer.acknowledge(0);
		isGone();
	}

	@Test
	void clientWithAnotherNumberDoesNotGetThemAgain() {
		this.answer.keep(List.of("a"), 1);
		this.answer.acknowledge(7);
		isGone();
		this.answer.keep(List.of("b"), 1);
		this.answer.acknowledge(7);
		isKept("b");
		this.answer.acknowledge(8);
		isGone();
	}

	@Test
	void forgettingDropsTheMessages() {
		this.answer.keep(List.of("a"), 1);
		this.answer.forget();
		isGone();
	}

	private void isKept(String... messages) {
		assertThat(this.answer.isKept()).isTrue();
		assertThat(this.answer.messages()).containsExactly(messages);
	}

	private void isGone() {
		assertThat(this.answer.isKept()).isFalse();
		assertThat(this.answer.messages()).isEmpty();
		assertThat(this.answer.size()).isZero();
	}

}
