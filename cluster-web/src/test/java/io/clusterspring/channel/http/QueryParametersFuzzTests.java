package io.clusterspring.channel.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.channel.http.ClientRequest.QueryParameters;
import io.clusterspring.fuzz.DecoderFuzz;
import io.clusterspring.text.Utf8;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests for {@link QueryParameters}: a query is either refused, or decoded to
 * well-formed text.
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
