package io.clusterspring.interest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.AntPathMatcher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PathPatterns}.
 */
class PathPatternsTests {

	private final PathPatterns patterns = new PathPatterns(new AntPathMatcher());

	@Test
	void patternMatchesAsInTheBroker() {
		String name = this.patterns.nameOf("/topic/price.*");
		assertThat(name).isNotNull().satisfies((known) -> assertThat(Names.isPattern(known)).isTrue());
		assertThat(this.patterns.test(name, "/topic/price.eur")).isTrue();
		assertThat(this.patterns.test(name, "/topic/price/eur")).isFalse();
		assertThat(this.patterns.test(name, "/topic/" + "x".repeat(300))).as("too long to match").isTrue();
	}

	@Test
	void patternOfANodeThatReadsPatternsOtherwiseMatchesEverything() {
		AntPathMatcher caseless = new AntPathMatcher();
		caseless.setCaseSensitive(false);
		AntPathMatcher trimming = new AntPathMatcher();
		trimming.setTrimTokens(true);
		for (AntPathMatcher matcher : new AntPathMatcher[] { new AntPathMatcher("."), caseless, trimming }) {
			PathPatterns other = new PathPatterns(matcher);
			String name = other.nameOf("/topic/price.*");
			assertThat(name).isNotNull();
			assertThat(other.test(name, "/elsewhere")).isFalse();
			assertThat(this.patterns.test(name, "/elsewhere")).isTrue();
		}
	}

	@Test
	void patternsOfAMatcherOfTheApplicationAreNotAnnounced() {
		PathPatterns own = new PathPatterns(new AntPathMatcher() {
		});
		assertThat(own.nameOf("/topic/*")).isNull();
		String name = this.patterns.nameOf("/topic/*");
		assertThat(name).isNotNull();
		assertThat(own.test(name, "/elsewhere")).isTrue();
	}

	// a regular expression may be wrong, or take for ever
	@ParameterizedTest
	@ValueSource(strings = { "/topic/{x:(a+)+b}", "/topic/{x:(}", "/topic/*a*a*a*a", "/topic/*.*.*" })
	void patternsOfClientsThatAreCostlyAreNotAnnouncedAndNotMatched(String pattern) {
		assertThat(this.patterns.nameOf(pattern)).isNull();
		assertThat(this.patterns.test(Names.ofPattern("/", pattern), "/elsewhere")).isTrue();
	}

	@Test
	void longPatternIsNotAnnounced() {
		assertThat(this.patterns.nameOf("/" + "x".repeat(256) + "*")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/topic/*", "/topic/**", "/topic/?", "/**/price.*.*" })
	void patternsThatAreCheapAreAnnounced(String pattern) {
		assertThat(this.patterns.nameOf(pattern)).isNotNull();
	}

}
