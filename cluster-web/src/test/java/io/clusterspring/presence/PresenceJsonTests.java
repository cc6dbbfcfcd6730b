package io.clusterspring.presence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PresenceJson}: its output equals that of the codec.
 */
class PresenceJsonTests {

	private static final PresenceOrigin ORIGIN = new PresenceOrigin(Node.of("n1@host"), -1L << 40, PresenceNode.CODEC);

	@ParameterizedTest
	@ValueSource(strings = { "", "plain ~!", "\"quoted\"", "back\\slash", "line\nend", "k€y", "\uD83D\uDE00",
			"\u2028</", "\u007f" })
	void anyTextIsAKey(String key) {
		Map<String, PresenceEntry> entries = new LinkedHashMap<>();
		entries.put("first", entry("first", null, "{}"));
		entries.put(key, entry(key, Map.of("name", key), "{\"a\":[1]}", " { \n} ", "{\"b\":\"}\" }\n"));
		byte[] state = new PresenceJson(1).state(entries).toBytes();
		JsonNode read = JsonMapper.shared().readTree(state);
		assertThat(read).isEqualTo(JsonMapper.shared().readTree(PresenceNode.CODEC.encode(entries)));
		assertThat(read.get("first").toString()).isEqualTo("{\"metas\":[{\"phx_ref\":\"" + ORIGIN.ref(1) + "\"}]}");
		JsonNode entry = read.get(key);
		assertThat(entry.get("name").stringValue()).isEqualTo(key);
		assertThat(entry.get("metas").get(0).toString()).isEqualTo("{\"a\":[1],\"phx_ref\":\"" + ORIGIN.ref(1) + "\"}");
		assertThat(entry.get("metas").get(1).get("phx_ref").stringValue()).isEqualTo(ORIGIN.ref(2));
		assertThat(entry.get("metas").get(1).get("phx_ref_prev").stringValue()).isEqualTo(ORIGIN.ref(1));
		assertThat(entry.get("metas").get(2).get("b").stringValue()).isEqualTo("}");
		assertThat(new String(state, StandardCharsets.UTF_8)).doesNotContain("\\/");
	}

	private static PresenceEntry entry(String key, Object data, String... metas) {
		List<PresenceMeta> list = new ArrayList<>();
		for (String json : metas) {
			list.add(new PresenceMeta(ORIGIN, list.size() + 1, list.size(), "topic", key,
					json.getBytes(StandardCharsets.UTF_8)));
		}
		return new PresenceEntry(key, list, data, PresenceNode.CODEC);
	}

}
