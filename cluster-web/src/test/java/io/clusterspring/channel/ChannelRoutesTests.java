package io.clusterspring.channel;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ChannelRoutes}.
 */
class ChannelRoutesTests {

	private final Map<ChannelHandler, String> patterns = new HashMap<>();

	@ParameterizedTest
	@CsvSource({ "room:lobby, room:lobby", "room:other, room:{room}", "room:1:users, room:{room}:users",
			"room:1:2, room:{room}", "user:1, *", "room, *" })
	void mostSpecificPatternWinsInWhateverOrderTheyCome(String topic, String expected) {
		List<String> all = Arrays.asList("*", "room:{room}", "room:lobby", "room:{room}:users");
		assertThat(find(all, topic)).isEqualTo(expected);
		Collections.reverse(all);
		assertThat(find(all, topic)).isEqualTo(expected);
	}

	@Test
	void exactTopicBeatsALongerPatternWithVariables() {
		assertThat(find(List.of("{a}:x:y:z", "a:x:y:z"), "a:x:y:z")).isEqualTo("a:x:y:z");
		assertThat(find(List.of("a{b}", "a"), "a")).isEqualTo("a");
	}

	@Test
	void topicThatNobodyHandlesIsNotFound() {
		assertThat(routes(List.of("room:*")).find("user:1")).isNull();
		assertThat(routes(List.of()).find("user:1")).isNull();
		assertThat(routes(List.of("*")).find("")).as("the empty topic").isNull();
	}

	@Test
	void variablesComeWithTheHandler() {
		ChannelRoutes.Match match = routes(List.of("room:{room}:{user}")).find("room:1:alice");
		assertThat(match).isNotNull();
		assertThat(match.variables()).isEqualTo(Map.of("room", "1", "user", "alice"));
	}

	@Test
	void twoHandlersForTheSameTopicsAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> routes(List.of("room:{a}", "user:*", "room:{b}")))
			.withMessageMatching("Two channel handlers have patterns for the same topics: 'room:\\{a}' of "
					+ "io\\.clusterspring\\.\\S+ and 'room:\\{b}' of io\\.clusterspring\\.\\S+");
		assertThatIllegalStateException().isThrownBy(() -> routes(List.of("room:1", "room:1")));
		assertThatIllegalStateException().isThrownBy(() -> routes(List.of("room:{a}", "room:*")));
	}

	private String find(List<String> all, String topic) {
		ChannelRoutes.Match match = routes(all).find(topic);
		assertThat(match).isNotNull();
		return this.patterns.get(match.handler());
	}

	private ChannelRoutes routes(List<String> all) {
		return new ChannelRoutes(all.stream().map(this::route).toList());
	}

	private ChannelRoute route(String pattern) {
		ChannelHandler handler = new SilentHandler();
		this.patterns.put(handler, pattern);
		return ChannelRoute.of(pattern, handler);
	}

}
