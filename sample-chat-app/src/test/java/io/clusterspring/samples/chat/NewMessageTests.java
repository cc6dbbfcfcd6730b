package io.clusterspring.samples.chat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class NewMessageTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"n\":1}", "{\"body\":\"hi\"}", "{\"body\":\" a \",\"x\":null}" })
	void textOrNoBodyMayBeSaid(String json) {
		assertThat(read(json).objection()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"body\":null}", "{\"body\":5}", "{\"body\":[\"hi\"]}", "{\"body\":{}}" })
	void whatIsNotTextIsRefused(String json) {
		assertThat(read(json).objection()).isEqualTo("body must be text");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"body\":\"\"}", "{\"body\":\" \\n\\t \"}" })
	void silenceIsRefused(String json) {
		assertThat(read(json).objection()).isEqualTo("body must not be blank");
	}

	@Test
	void aBodyHasALimit() {
		assertThat(read("{\"body\":\"" + "x".repeat(4_000) + "\"}").objection()).isNull();
		assertThat(read("{\"body\":\"" + "x".repeat(4_001) + "\"}").objection())
			.isEqualTo("body must not exceed 4000 characters");
	}

	private NewMessage read(String json) {
		return this.mapper.readValue(json, NewMessage.class);
	}

}
