package io.clusterspring.samples.chat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * A message as the room receives it: the fields of a {@link NewMessage}, and fields with
 * author, time and node that only the server sets.
 *
 * @param fields the fields, with those of the client first
 */
record ChatMessage(@JsonValue Map<String, @Nullable Object> fields) {

	static ChatMessage of(NewMessage message, String user, Instant at, Node node) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>(message.fields());
		fields.put("id", UUID.randomUUID().toString());
		fields.put("user", user);
		fields.put("at", at.toString());
		fields.put("node", node.toString());
		return new ChatMessage(fields);
	}

}
