package io.clusterspring.presence;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

import io.clusterspring.pubsub.PayloadCodec;

/**
 * All that share a key on a topic, such as the devices of one user. Immutable; as JSON it
 * is what Phoenix's clients expect: <code>{"metas": [...]}</code>, with the fields of
 * what a {@link PresenceFetcher} had to add.
 */
public final class PresenceEntry implements JacksonSerializable {

	private final String key;

	private final List<PresenceMeta> metas;

	private final @Nullable Object data;

	private final PayloadCodec codec;

	PresenceEntry(String key, List<PresenceMeta> metas, @Nullable Object data, PayloadCodec codec) {
		this.key = key;
		this.metas = metas;
		this.data = data;
		this.codec = codec;
	}

	/**
	 * Return the key.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Return what is tracked under the key.
	 * @return the metas, at least one, in the same order on all nodes
	 */
	public List<PresenceMeta> metas() {
		return this.metas;
	}

	/**
	 * Return what the {@link PresenceFetcher} had to add.
	 * @return its data, {@code null} if there is none
	 */
	public @Nullable Object data() {
		return this.data;
	}

	@Override
	public void serialize(JsonGenerator generator, SerializationContext context) {
		StringBuilder json = new StringBuilder("{\"metas\":[");
		for (int i = 0; i < this.metas.size(); i++) {
			json.append((i > 0) ? "," : "").append(this.metas.get(i));
		}
		generator.writeRawValue(json.append(']').append(fields()).append('}').toString());
	}

	private String fields() {
		if (this.data == null) {
			return "";
		}
		String object = new String(this.codec.encode(this.data), StandardCharsets.UTF_8).strip();
		Assert.isTrue(object.startsWith("{"), () -> "What was fetched for '" + this.key + "' is not a JSON object");
		String fields = object.substring(1, object.length() - 1).strip();
		return fields.isEmpty() ? "" : "," + fields;
	}

	@Override
	public void serializeWithType(JsonGenerator generator, SerializationContext context,
			TypeSerializer typeSerializer) {
		serialize(generator, context);
	}

	@Override
	public String toString() {
		return this.key + this.metas;
	}

}
