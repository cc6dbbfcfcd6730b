package io.clusterspring.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for topics in paths.
 */
class TopicPathTests {

	@Test
	void topicIsWhatFollowsTheBase() {
		assertThat(topic("/cluster/topics/room:1", "")).isEqualTo("room:1");
		assertThat(topic("/cluster/topics/a/b/c", "")).isEqualTo("a/b/c");
		assertThat(topic("/cluster/topics/r%C3%A4um%20%2B+%F0%9F%8E%88", "")).isEqualTo("räum ++🎈");
		assertThat(topic("/cluster/topics/room:1/events", "/events")).isEqualTo("room:1");
		assertThat(topic("/cluster/topics/a/events/events", "/events")).isEqualTo("a/events");
	}

	@Test
	void otherPathsHaveNone() {
		assertThat(topic("/cluster/topics", "")).isNull();
		assertThat(topic("/cluster/topics/", "")).isNull();
		assertThat(topic("/cluster/topicsx/room:1", "")).isNull();
		assertThat(topic("/cluster/topics/room:1", "/events")).isNull();
		assertThat(topic("/cluster/topics/events", "/events")).isNull();
		assertThat(topic("/cluster/topics//events", "/events")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "room%", "room%1", "room%zz", "room%FF", "room%C3", "room%ED%A0%80", "room;x=1", "rä",
			"a//b", "a/", "..", "a/../b", "a/%2e%2E/b", "./a", "%2e" })
	void whatOthersMayReadInAnotherWayIsRefused(String topic) {
		assertThatIllegalArgumentException().isThrownBy(() -> topic("/cluster/topics/" + topic, ""));
	}

	private static String topic(String path, String suffix) {
		return TopicPath.topic(path, "/cluster/topics", suffix);
	}

}
