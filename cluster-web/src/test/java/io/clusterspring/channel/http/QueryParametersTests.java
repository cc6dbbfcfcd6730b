package io.clusterspring.channel.http;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.channel.http.ClientRequest.QueryParameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link QueryParameters}.
 */
class QueryParametersTests {

	@Test
	void decodesAsServletsDo() {
		assertThat(QueryParameters.parse("vsn=2.0.0&a=1&a=%C3%A9+b%2b&&empty=&flag&x=y=z&%61%20=%F0%9F%8E%88"))
			.containsExactly(entry("vsn", List.of("2.0.0")), entry("a", List.of("1", "é b+")),
					entry("empty", List.of("")), entry("flag", List.of("")), entry("x", List.of("y=z")),
					entry("a ", List.of("🎈")));
		assertThat(QueryParameters.parse(null)).isEmpty();
		assertThat(QueryParameters.parse("")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=%", "a=%z", "a=%1", "%zz", "a=%-1", "a=%ff", "a=%c3%28", "a=%ed%a0%80", "a=é",
			"a=\u0080", "a=%１１", "a=%c3" })
	void invalidEncodingIsRefused(String query) {
		assertThatExceptionOfType(MalformedQueryException.class).isThrownBy(() -> QueryParameters.parse(query));
	}

}
