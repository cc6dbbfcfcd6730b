package io.clusterspring.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for names that come from outside.
 */
class TopicNamesTests {

	@Test
	void usualNamesAreTaken() {
		assertThatCode(() -> {
			TopicNames.requireTopic("room:1");
			TopicNames.requireTopic("räum/🎈 2");
			TopicNames.requireTopic("é".repeat(127));
			TopicNames.requireEvent("new message");
			TopicNames.requireEvent("phx");
		}).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "phoenix", "a\r\nb", "a\u0000", "\u007f", "\u0085", "\ud83d" })
	void topicsAreBounded(String topic) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicNames.requireTopic(topic));
		assertThatIllegalArgumentException().isThrownBy(() -> TopicNames.requireTopic("é".repeat(128)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "phx_close", "phx_error", "phx_reply", "$history", "presence_state", "presence_diff",
			"a\nb", "\ud83d" })
	void eventsAreBounded(String event) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicNames.requireEvent(event));
		assertThatIllegalArgumentException().isThrownBy(() -> TopicNames.requireEvent("x".repeat(256)));
	}

}
