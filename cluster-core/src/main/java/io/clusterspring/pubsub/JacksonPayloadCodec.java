package io.clusterspring.pubsub;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ByteBufferBackedInputStream;

import io.clusterspring.text.JsonEscapes;

/**
 * Encodes and decodes payloads with the application's own {@link JsonMapper}.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	private final JsonMapper mapper;

	public JacksonPayloadCodec(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		byte[] json = write(payload);
		Assert.isTrue(JsonEscapes.areWellFormed(json, 0, json.length),
				() -> "Payload of type " + typeOf(payload) + " has a string with a lone surrogate");
		return json;
	}

	private byte[] write(@Nullable Object payload) {
		try {
			return this.mapper.writeValueAsBytes(payload);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Payload of type " + typeOf(payload) + " cannot be written as JSON", ex);
		}
	}

	private static String typeOf(@Nullable Object payload) {
		return (payload != null) ? payload.getClass().getName() : "null";
	}

	@Override
	public @Nullable Object decode(ByteBuffer json, Type type) {
		try {
			if (json.hasArray()) {
				return this.mapper.readValue(json.array(), json.arrayOffset() + json.position(), json.remaining(),
						this.mapper.constructType(type));
			}
			return this.mapper.readValue(new ByteBufferBackedInputStream(json.duplicate()),
					this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Payload cannot be read as " + type.getTypeName(), ex);
		}
	}

}
