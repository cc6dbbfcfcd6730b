package io.clusterspring.stomp;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionFlow}.
 */
class SessionFlowTests {

	private final SessionFlow flow = new SessionFlow();

	@Test
	void isUsedFromTheFirstMessageOn() {
		assertThat(this.flow.isUsed()).isFalse();
		this.flow.enter();
		this.flow.leave();
		assertThat(this.flow.isUsed()).isTrue();
	}

	@Test
	void isOverAtTheCutIfNothingIsOnItsWay() {
		this.flow.enter();
		assertThat(this.flow.leave()).as("before the cut").isFalse();
		assertThat(this.flow.cut()).isTrue();
		assertThat(this.flow.cut()).as("once only").isFalse();
	}

	@Test
	void isOverWhenTheLastMessageBeforeTheCutLeaves() {
		this.flow.enter();
		this.flow.enter();
		assertThat(this.flow.cut()).isFalse();
		assertThat(this.flow.cut()).isFalse();
		assertThat(this.flow.leave()).isFalse();
		assertThat(this.flow.leave()).isTrue();
	}

	@Test
	void noMessageEntersAfterTheCut() {
		assertThat(this.flow.enter()).isTrue();
		this.flow.cut();
		assertThat(this.flow.enter()).isFalse();
		assertThat(this.flow.leave()).as("only the message before the cut counts").isTrue();
	}

	@Test
	void flowThatWasNeverUsedCanBeCut() {
		assertThat(this.flow.cut()).isTrue();
		assertThat(this.flow.enter()).isFalse();
		assertThat(this.flow.isUsed()).isFalse();
	}

}
