package io.clusterspring.mailbox;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ByteBudgetTests {

	private final ByteBudget budget = new ByteBudget(100);

	@Test
	void takesWhatFitsAndNoByteMore() {
		assertThat(this.budget.take(60)).isTrue();
		assertThat(this.budget.take(40)).isTrue();
		assertThat(this.budget.take(1)).isFalse();
		assertThat(this.budget.taken()).isEqualTo(100);
	}

	@Test
	void whatIsGivenBackCanBeTakenAgain() {
		this.budget.take(60);
		assertThat(this.budget.take(60)).isFalse();
		this.budget.give(60);
		assertThat(this.budget.take(60)).isTrue();
		this.budget.give(60);
		assertThat(this.budget.taken()).isZero();
	}

	@Test
	void aMessageThatIsLargerThanAllMayWaitAlone() {
		assertThat(this.budget.take(Integer.MAX_VALUE)).isTrue();
		assertThat(this.budget.take(1)).isFalse();
		this.budget.give(Integer.MAX_VALUE);
		assertThat(this.budget.take(1)).isTrue();
		assertThat(this.budget.take(Integer.MAX_VALUE)).isFalse();
	}

	@Test
	void nothingFitsAlways() {
		this.budget.take(100);
		assertThat(this.budget.take(0)).isTrue();
	}

	@Test
	void needsACapacity() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ByteBudget(0));
	}

}
