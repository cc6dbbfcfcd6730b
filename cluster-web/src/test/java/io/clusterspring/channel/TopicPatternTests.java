package io.clusterspring.channel;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TopicPattern}.
 */
class TopicPatternTests {

	@Test
	void literalTextMatchesItself() {
		assertThat(match("room:lobby", "room:lobby")).isEmpty();
		assertThat(match("a.b", "a.b")).isEmpty();
		assertThat(match("\\Qa\\E(b)[c]^$", "\\Qa\\E(b)[c]^$")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "room:lobby, room:lobby2", "room:lobby, Room:lobby", "room:lobby, my-room:lobby", "a.b, aXb",
			"room:*, rooms:1", "room:{room}, room", "room:*, room", "a:{x}:b, a::b", "a:{x}:b, a:1:2:b",
			"a:{x}:b, a:1:c", "a:{x}:{y}, a:1" })
	void differentTopicDoesNotMatch(String pattern, String topic) {
		assertThat(match(pattern, topic)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "room:lobby", "room:", "room:a:b:c", "room:*", "room:{x}", "room:two\nlines", "room:ü🎈" })
	void wildcardAtTheEndMatchesAnyRest(String topic) {
		assertThat(match("room:*", topic)).isEmpty();
		assertThat(match("room:{rest}", topic)).containsExactly(Map.entry("rest", topic.substring("room:".length())));
	}

	@Test
	void variableBeforeTheEndStopsAtTheNextColon() {
		assertThat(match("{kind}:{id}", "room:a:b")).isEqualTo(Map.of("kind", "room", "id", "a:b"));
		assertThat(match("a:{x}:b:{y}", "a:1:b:2")).containsExactly(Map.entry("x", "1"), Map.entry("y", "2"));
		assertThat(match("a:{x}-{y}:*", "a:1-2:whatever")).containsExactly(Map.entry("x", "1"), Map.entry("y", "2"));
		assertThat(match("{all}", "any:thing")).isEqualTo(Map.of("all", "any:thing"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*:a", "a*b", "a:{", "a:}", "a:{}", "a:{x y}", "a:{{x}}", "a:**", "a:{x}}" })
	void textThatIsNoPatternIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TopicPattern(text))
			.withMessageStartingWith("'" + text + "' is not a topic pattern: it may hold ");
	}

	@Test
	void emptyPatternAndVariableNamedTwiceAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TopicPattern(""))
			.withMessage("Topic pattern must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> new TopicPattern("a:{x}:{x}"))
			.withMessage("Topic pattern 'a:{x}:{x}' names a variable twice");
	}

	@Test
	void specificityCountsLiteralTextAndIsHighestWithoutVariables() {
		assertThat(specificity("room:{a}:users")).isEqualTo(11).isGreaterThan(specificity("room:{a}:{b}"));
		assertThat(specificity("room:{a}:{b}")).isEqualTo(6);
		assertThat(specificity("room:*")).isEqualTo(5);
		assertThat(specificity("*")).isZero();
		assertThat(specificity("a")).isGreaterThan(specificity("room:{a}:users"));
	}

	@Test
	void patternsThatDifferInNamesOnlyAreTheSame() {
		assertThat(same("room:{a}", "room:{b}")).isTrue();
		assertThat(same("room:{a}:{b}", "room:{c}:{d}")).isTrue();
		assertThat(same("room:{a}", "room:*")).as("both match the rest").isTrue();
		assertThat(same("room:{a}", "room:{a}:{b}")).isFalse();
		assertThat(same("room:{a}", "rooms:{a}")).isFalse();
		assertThat(same("room:a", "room:{a}")).isFalse();
	}

	@Test
	void textFormIsTheOriginalText() {
		assertThat(new TopicPattern("room:{a}:*")).hasToString("room:{a}:*");
	}

	private static Map<String, String> match(String pattern, String topic) {
		return new TopicPattern(pattern).match(topic);
	}

	private static int specificity(String pattern) {
		return new TopicPattern(pattern).specificity();
	}

	private static boolean same(String one, String other) {
		return new TopicPattern(one).isSameAs(new TopicPattern(other));
	}

}
