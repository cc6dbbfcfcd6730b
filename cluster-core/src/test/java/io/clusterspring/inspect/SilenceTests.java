package io.clusterspring.inspect;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Silence}.
 */
class SilenceTests {

	private static final Node N1 = Node.of("n1@h");

	private static final Node N2 = Node.of("n2@h");

	private final Silence silence = new Silence();

	@Test
	void silentNodeIsAskedNowAndThenUntilItAnswers() {
		assertThat(this.silence.maySend(N1, 0)).isTrue();
		this.silence.add(N1, 0);
		assertThat(this.silence.isSilent(N1)).isTrue();
		assertThat(this.silence.isSilent(N2)).isFalse();
		assertThat(this.silence.maySend(N1, Silence.PAUSE - 1)).isFalse();
		assertThat(this.silence.maySend(N1, Silence.PAUSE)).isTrue();
		assertThat(this.silence.maySend(N1, Silence.PAUSE + 1)).isFalse();
		this.silence.end(N1);
		assertThat(this.silence.isSilent(N1)).isFalse();
		assertThat(this.silence.maySend(N1, Silence.PAUSE + 2)).isTrue();
	}

	@Test
	void silentNodeIsAskedEveryTwoSeconds() {
		long second = Duration.ofSeconds(1).toNanos();
		// the clock of the JVM may pass its largest value
		long start = Long.MAX_VALUE - second;
		this.silence.add(N1, start);
		assertThat(this.silence.maySend(N1, start + 1)).isFalse();
		assertThat(this.silence.maySend(N1, start + 2 * second - 1)).isFalse();
		assertThat(this.silence.maySend(N1, start + 3 * second)).isTrue();
		assertThat(this.silence.isSilent(N1)).isTrue();
		assertThat(this.silence.maySend(N1, start + 5 * second - 1)).isFalse();
		assertThat(this.silence.maySend(N1, start + 5 * second)).isTrue();
	}

	@Test
	void furtherQuestionWithoutAnAnswerDoesNotPutTheNextOneOff() {
		this.silence.add(N1, 0);
		this.silence.add(N1, Silence.PAUSE - 1);
		assertThat(this.silence.maySend(N1, Silence.PAUSE)).isTrue();
	}

	@Test
	void nodeThatAnswersIsAskedEachTime() {
		assertThat(this.silence.maySend(N2, 0)).isTrue();
		assertThat(this.silence.maySend(N2, 1)).isTrue();
		assertThat(this.silence.isSilent(N2)).isFalse();
	}

	@Test
	void answerOfOneNodeIsNotThatOfAnother() {
		this.silence.add(N1, 0);
		this.silence.add(N2, 0);
		this.silence.end(N1);
		assertThat(this.silence.isSilent(N1)).isFalse();
		assertThat(this.silence.isSilent(N2)).isTrue();
	}

	@Test
	void nodeThatLeavesTheViewIsForgotten() {
		this.silence.add(N1, 0);
		this.silence.add(N2, 0);
		this.silence.retain(List.of(N2));
		assertThat(this.silence.isSilent(N1)).isFalse();
		assertThat(this.silence.isSilent(N2)).isTrue();
	}

}
