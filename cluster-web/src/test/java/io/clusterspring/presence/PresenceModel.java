package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * The {@code Presence} of Phoenix's JavaScript client, without its callbacks.
 */
final class PresenceModel {

	private final Map<String, List<JsonNode>> state = new LinkedHashMap<>();

	private final List<JsonNode> pending = new ArrayList<>();

	private boolean synced;

	void receive(String event, JsonNode payload) {
		if (event.equals("presence_state")) {
			this.state.clear();
			payload.properties().forEach((entry) -> this.state.put(entry.getKey(), metas(entry.getValue())));
			this.synced = true;
			this.pending.forEach(this::diff);
			this.pending.clear();
		}
		else if (event.equals("presence_diff") && this.synced) {
			diff(payload);
		}
		else if (event.equals("presence_diff")) {
			this.pending.add(payload);
		}
	}

	private void diff(JsonNode payload) {
		payload.get("joins").properties().forEach((entry) -> {
			List<JsonNode> joined = metas(entry.getValue());
			List<JsonNode> rest = without(this.state.getOrDefault(entry.getKey(), List.of()), joined);
			rest.addAll(joined);
			this.state.put(entry.getKey(), rest);
		});
		payload.get("leaves").properties().forEach((entry) -> {
			List<JsonNode> present = this.state.get(entry.getKey());
			if (present != null) {
				List<JsonNode> rest = without(present, metas(entry.getValue()));
				this.state.put(entry.getKey(), rest);
				if (rest.isEmpty()) {
					this.state.remove(entry.getKey());
				}
			}
		});
	}

	private static List<JsonNode> metas(JsonNode entry) {
		List<JsonNode> metas = new ArrayList<>();
		entry.get("metas").forEach(metas::add);
		return metas;
	}

	private static List<JsonNode> without(List<JsonNode> metas, List<JsonNode> removed) {
		List<String> refs = removed.stream().map((meta) -> meta.get("phx_ref").stringValue()).toList();
		return new ArrayList<>(
				metas.stream().filter((meta) -> !refs.contains(meta.get("phx_ref").stringValue())).toList());
	}

	Map<String, List<JsonNode>> state() {
		return this.state;
	}

}
