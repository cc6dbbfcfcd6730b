package io.clusterspring.channel;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventPatterns}.
 */
class EventPatternsTests {

	private final EventPatterns<String> patterns = EventPatterns.of(Map.of("item:hot:tea", "name", "item:*", "short",
			"item:hot:*", "long", "*", "all", "item:hot:tea*", "longest"));

	@ParameterizedTest
	@CsvSource({ "item:hot:tea, name", "item:hot:tea2, longest", "item:hot:milk, long", "item:hot:, long",
			"item:cold, short", "item:, short", "item, all", "Item:cold, all" })
	void theMostSpecificWins(String event, String expected) {
		assertThat(this.patterns.find(event)).isEqualTo(expected);
	}

	@Test
	void emptyEventMatchesTheCatchAllOnly() {
		assertThat(this.patterns.find("")).isEqualTo("all");
		assertThat(EventPatterns.of(Map.of("item:*", "short")).find("")).isNull();
	}

	@Test
	void withoutAMatchThereIsNothing() {
		EventPatterns<String> few = EventPatterns.of(Map.of("a", "a", "b*", "b"));
		assertThat(few.find("a")).isEqualTo("a");
		assertThat(few.find("ab")).isNull();
		assertThat(few.find("*")).isNull();
		assertThat(EventPatterns.of(Map.of()).find("a")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*a", "a*b", "a**", "**", "" })
	void starMayBeAtTheEndOnly(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventPatterns.of(Map.of(pattern, "x")));
	}

}
