package io.clusterspring.channel;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

import io.clusterspring.pubsub.PayloadCodec;

/**
 * A client's payload as it came: read as a type when asked, and passed on unread, digit
 * for digit, when it is replied, pushed or broadcast.
 */
public final class ChannelPayload implements JacksonSerializable {

	private final ByteBuffer json;

	private final PayloadCodec codec;

	ChannelPayload(ByteBuffer json, PayloadCodec codec) {
		this.json = json;
		this.codec = codec;
	}

	/**
	 * Read the payload.
	 * @param <T> the type
	 * @param type the type to read it as
	 * @return the payload, {@code null} for JSON's {@code null}
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T as(Class<T> type) {
		return (T) as((Type) type);
	}

	/**
	 * Read the payload as a generic type.
	 * @param type the type to read it as
	 * @return the payload, {@code null} for JSON's {@code null}
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	public @Nullable Object as(Type type) {
		return this.codec.decode(this.json, type);
	}

	/**
	 * Return the payload as JSON in UTF-8.
	 * @return a buffer of its own over shared content
	 */
	ByteBuffer json() {
		return this.json.duplicate();
	}

	@Override
	public void serialize(JsonGenerator generator, SerializationContext context) {
		generator.writeRawValue(toString());
	}

	@Override
	public void serializeWithType(JsonGenerator generator, SerializationContext context,
			TypeSerializer typeSerializer) {
		serialize(generator, context);
	}

	/**
	 * Return the JSON text.
	 */
	@Override
	public String toString() {
		return StandardCharsets.UTF_8.decode(json()).toString();
	}

}
