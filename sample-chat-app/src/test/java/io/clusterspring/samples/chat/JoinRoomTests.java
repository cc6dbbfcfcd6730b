package io.clusterspring.samples.chat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JoinRoomTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"user\":null}", "{\"user\":\"\"}", "{\"user\":\" \"}", "{\"other\":1}" })
	void whoGivesNoNameIsAnonymous(String json) {
		assertThat(nameIn(json)).isEqualTo("anonymous");
	}

	@Test
	void theNameIsTheOneGiven() {
		assertThat(nameIn("{\"user\":\" u1 \"}")).isEqualTo("u1");
	}

	@Test
	void aLongNameIsCutBetweenCharacters() {
		assertThat(nameIn("{\"user\":\"" + "x".repeat(41) + "\"}")).hasSize(40);
		assertThat(nameIn("{\"user\":\"" + "😀".repeat(41) + "\"}")).isEqualTo("😀".repeat(40));
	}

	private String nameIn(String json) {
		return this.mapper.readValue(json, JoinRoom.class).displayName();
	}

}
