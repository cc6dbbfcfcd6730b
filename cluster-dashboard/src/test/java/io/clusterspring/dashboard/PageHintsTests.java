package io.clusterspring.dashboard;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PageHints}.
 */
class PageHintsTests {

	@Test
	void aNativeImageHasTheFilesAndTheAnswer() {
		RuntimeHints hints = new RuntimeHints();
		new PageHints().registerHints(hints, null);
		for (String file : new String[] { "index.html", "js/main.js", "css/base.css" }) {
			assertThat(RuntimeHintsPredicates.resource().forResource("io/clusterspring/dashboard/page/" + file))
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onType(SamplesDescription.class)).accepts(hints);
	}

}
