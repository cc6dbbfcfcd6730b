package io.clusterspring.samples.chat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * What the room hears: the fields of a {@link NewMessage}, and who said it when and
 * through which node. Of these four the client has no say.
 *
 * @param fields the fields, those of the client first
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
