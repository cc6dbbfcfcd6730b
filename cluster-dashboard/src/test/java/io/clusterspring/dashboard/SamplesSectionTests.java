package io.clusterspring.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SamplesSection}.
 */
class SamplesSectionTests {

	private final AtomicLong clock = new AtomicLong(77);

	private final Sampler sampler = new Sampler(
			List.of(Reading.level("waiting", () -> 1.5), Reading.level("unknown", () -> Double.NaN)), this.clock::get);

	private final SamplesSection section = new SamplesSection(Node.of("n1@local"), this.sampler);

	@Test
	void aNodeTellsItsSamplesInThousandths() {
		this.sampler.take();
		Map<String, ?> fields = answer(Map.of()).items().get(0).fields();
		assertThat(fields.get("node")).isEqualTo("n1@local");
		assertThat(fields.get("scale")).isEqualTo(1000L);
		assertThat(fields.get("last")).isEqualTo(1L);
		assertThat(fields.get("series"))
			.isEqualTo(Map.of("waiting", List.of(1500L), "unknown", Arrays.asList((Object) null)));
	}

	@Test
	void itTellsOnlyWhatIsNotKnown() {
		this.sampler.take();
		this.sampler.take();
		Object run = answer(Map.of()).items().get(0).fields().get("run");
		Map<String, ?> fields = answer(Map.of("id", String.valueOf(run), "since", "1")).items().get(0).fields();
		assertThat((List<?>) fields.get("ages")).hasSize(1);
		assertThat((List<?>) answer(Map.of("id", "another", "since", "1")).items().get(0).fields().get("ages"))
			.hasSize(2);
	}

	@Test
	void aNumberThatIsNoneIsRefused() {
		for (String wrong : new String[] { "x", "-1", "1.5", "", "1234567890123456789" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.section.check(question(Map.of("since", wrong))))
				.withMessageContaining("since must be");
		}
	}

	private Page answer(Map<String, String> filters) {
		return this.section.answer(question(filters)).toCompletableFuture().join();
	}

	private static Question question(Map<String, String> filters) {
		return new Question("samples", "", 10, filters);
	}

}
