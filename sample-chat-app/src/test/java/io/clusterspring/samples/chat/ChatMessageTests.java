package io.clusterspring.samples.chat;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

class ChatMessageTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	@Test
	void everyFieldOfTheClientComesBackAsItWasSent() {
		String sent = """
				{"n":1,"pad":"xx","ts":1234567890123456789,"deep":{"a":[1,2.5,null,true]},"none":null}""";
		JsonNode heard = hear(sent);
		this.mapper.readTree(sent)
			.properties()
			.forEach((field) -> assertThat(heard.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
	}

	@Test
	void theFieldsOfTheClientComeFirst() {
		assertThat(hear("{\"n\":1,\"ts\":2}").propertyNames()).containsExactly("n", "ts", "id", "user", "at", "node");
	}

	@Test
	void theClientCannotSpeakForAnother() {
		JsonNode heard = hear("{\"body\":\"hi\",\"user\":\"Eve\",\"node\":\"n9@h\",\"at\":\"never\",\"id\":\"1\"}");
		assertThat(heard.get("user").asString()).isEqualTo("Ada");
		assertThat(heard.get("node").asString()).isEqualTo("n1@127.0.0.1");
		assertThat(heard.get("at").asString()).isEqualTo("2025-01-02T03:04:05Z");
		assertThat(heard.get("id").asString()).hasSize(36);
	}

	private JsonNode hear(String sent) {
		NewMessage message = this.mapper.readValue(sent, NewMessage.class);
		ChatMessage heard = ChatMessage.of(message, "Ada", Instant.parse("2025-01-02T03:04:05Z"),
				Node.of("n1@127.0.0.1"));
		return this.mapper.readTree(this.mapper.writeValueAsBytes(heard));
	}

}
