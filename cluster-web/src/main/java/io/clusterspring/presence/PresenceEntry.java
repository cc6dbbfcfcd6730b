package io.clusterspring.presence;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

import io.clusterspring.pubsub.PayloadCodec;

/**
 * All metas with the same key on a topic, such as the devices of one user. Immutable. Its
 * JSON is the format of Phoenix clients: <code>{"metas": [...]}</code>, with the fields
 * that a {@link PresenceFetcher} has added.
 */
public final class PresenceEntry implements JacksonSerializable {

	private static final byte[] NONE = {};

	private final String key;

	private final List<PresenceMeta> metas;

	private final @Nullable Object data;

	private final PayloadCodec codec;

	private volatile byte @Nullable [] fields;

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
	 * Return the metas of the key.
	 * @return at least one meta, in the same order on all nodes
	 */
	public List<PresenceMeta> metas() {
		return this.metas;
	}

	/**
	 * Return the data that the {@link PresenceFetcher} has added.
	 * @return the data, or {@code null}
	 */
	public @Nullable Object data() {
		return this.data;
	}

	@Override
	public void serialize(JsonGenerator generator, SerializationContext context) {
		generator.writeRawValue(new PresenceJson(128 * this.metas.size()).entry(this.metas, fields()).toString());
	}

	/**
	 * Return the fetched data as fields of a JSON object.
	 * @return the fields without braces
	 * @throws IllegalArgumentException if the data does not encode to a JSON object
	 */
	byte[] fields() {
		byte[] known = this.fields;
		if (known == null) {
			known = (this.data != null) ? fields(this.codec.encode(this.data)) : NONE;
			this.fields = known;
		}
		return known;
	}

	private byte[] fields(byte[] object) {
		Assert.isTrue(object.length > 0 && object[0] == '{',
				() -> "The data of the PresenceFetcher for '" + this.key + "' is not a JSON object");
		return Arrays.copyOfRange(object, 1, PresenceJson.endOfFields(object));
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
