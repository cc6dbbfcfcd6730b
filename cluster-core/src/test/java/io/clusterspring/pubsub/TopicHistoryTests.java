package io.clusterspring.pubsub;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.history.HistoryPosition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TopicHistory}.
 */
class TopicHistoryTests {

	private final TopicHistory empty = new TopicHistory(true, List.of(), HistoryPosition.NOTHING);

	@Test
	void noMoreThanTheMessagesAreTheLastOnes() {
		assertThat(this.empty.last(0)).isEmpty();
		assertThat(this.empty.last(Integer.MAX_VALUE)).isEmpty();
	}

	@Test
	void aNegativeNumberIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.empty.last(-1)).withMessageContaining("negative");
	}

}
