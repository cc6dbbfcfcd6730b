package io.clusterspring.channel;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.text.Utf8;

/**
 * A client's payload, JSON or binary, as it was received. It is decoded only on request.
 * When it is replied, pushed or broadcast, it is sent unchanged, without decoding.
 */
public final class ChannelPayload implements JacksonSerializable {

	private final SocketPayload raw;

	private final PayloadCodec codec;

	ChannelPayload(SocketPayload raw, PayloadCodec codec) {
		this.raw = raw;
		this.codec = codec;
	}

	/**
	 * Return whether the client has sent binary data instead of JSON.
	 * @return whether the payload is binary
	 */
	public boolean isBinary() {
		return this.raw.binary();
	}

	/**
	 * Return the bytes of a binary payload.
	 * @return a copy of the bytes
	 * @throws IllegalArgumentException if the payload is JSON
	 */
	public byte[] bytes() {
		Assert.isTrue(isBinary(), "Payload is JSON, not binary");
		byte[] bytes = new byte[this.raw.content().remaining()];
		this.raw.content().duplicate().get(bytes);
		return bytes;
	}

	/**
	 * Read the payload. A binary one can be read as {@code byte[]} only.
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
	 * Read the payload as a generic type. A binary one can be read as {@code byte[]}
	 * only.
	 * @param type the type to read it as
	 * @return the payload, {@code null} for JSON's {@code null}
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	public @Nullable Object as(Type type) {
		if (!isBinary()) {
			return this.codec.decode(this.raw.content().duplicate(), type);
		}
		Assert.isTrue(type instanceof Class<?> wanted && wanted.isAssignableFrom(byte[].class),
				() -> "Payload is binary, not " + type.getTypeName());
		return bytes();
	}

	/**
	 * Return the encoded payload.
	 * @return the payload, with its own buffer over shared content
	 */
	SocketPayload raw() {
		return new SocketPayload(this.raw.content().duplicate(), this.raw.binary());
	}

	@Override
	public void serialize(JsonGenerator generator, SerializationContext context) {
		if (isBinary()) {
			generator.writeBinary(bytes());
		}
		else {
			generator.writeRawValue(toString());
		}
	}

	@Override
	public void serializeWithType(JsonGenerator generator, SerializationContext context,
			TypeSerializer typeSerializer) {
		serialize(generator, context);
	}

	/** Return the JSON text, or the size of a binary payload. */
	@Override
	public String toString() {
		ByteBuffer content = this.raw.content().duplicate();
		return isBinary() ? content.remaining() + " bytes" : Utf8.decode(content);
	}

}
