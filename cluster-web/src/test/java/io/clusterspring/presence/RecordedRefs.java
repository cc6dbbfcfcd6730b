package io.clusterspring.presence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes messages of two servers comparable: references are numbered by their first
 * appearance, and the metas of a key are sorted, because their order is not defined.
 */
final class RecordedRefs {

	private static final List<String> FIELDS = List.of("phx_ref", "phx_ref_prev");

	private final Map<String, String> names = new HashMap<>();

	JsonNode read(String text) {
		JsonNode message = JsonMapper.shared().readTree(text);
		rename(message);
		return message;
	}

	private void rename(JsonNode node) {
		if (node.path("metas") instanceof ArrayNode metas) {
			List<JsonNode> sorted = StreamSupport.stream(metas.spliterator(), false)
				.sorted(Comparator.comparing(RecordedRefs::withoutRefs))
				.toList();
			metas.removeAll();
			sorted.forEach((meta) -> metas.add(rename((ObjectNode) meta)));
			return;
		}
		node.forEach(this::rename);
	}

	private ObjectNode rename(ObjectNode meta) {
		for (String field : FIELDS) {
			if (meta.has(field)) {
				String ref = meta.get(field).stringValue();
				meta.put(field, this.names.computeIfAbsent(ref, (key) -> "ref" + this.names.size()));
			}
		}
		return meta;
	}

	private static String withoutRefs(JsonNode meta) {
		ObjectNode copy = (ObjectNode) meta.deepCopy();
		copy.remove(FIELDS);
		return copy.toString();
	}

}
