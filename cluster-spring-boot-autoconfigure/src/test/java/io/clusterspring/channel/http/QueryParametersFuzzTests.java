package io.clusterspring.channel.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.fuzz.DecoderFuzz;
import io.clusterspring.text.Utf8;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A query that cannot be decoded is refused, and one that can be is text.
 */
class QueryParametersFuzzTests {

	@Test
	void queries() {
		DecoderFuzz.fuzz("query", MalformedQueryException.class, (input) -> {
			Map<String, List<String>> parameters = QueryParameters
				.parse(new String(input.array(), StandardCharsets.UTF_8));
			return () -> parameters.forEach((name, values) -> {
				assertThat(Utf8.isWellFormed(name)).isTrue();
				assertThat(values).isNotEmpty().allMatch(Utf8::isWellFormed);
			});
		});
	}

}
