package io.clusterspring.pubsub;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ByteBufferBackedInputStream;

/**
 * Encodes payloads with the application's own {@link JsonMapper}.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	private final JsonMapper mapper;

	/**
	 * Create the codec.
	 * @param mapper the mapper to use
	 */
	public JacksonPayloadCodec(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		try {
			return this.mapper.writeValueAsBytes(payload);
		}
		catch (JacksonException ex) {
			String type = (payload != null) ? payload.getClass().getName() : "null";
			throw new IllegalArgumentException("Payload of type " + type + " cannot be written as JSON", ex);
		}
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
