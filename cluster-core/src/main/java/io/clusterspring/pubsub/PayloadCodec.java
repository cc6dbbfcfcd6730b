package io.clusterspring.pubsub;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Encodes payloads as JSON and decodes them. The receiver chooses the type; the bytes
 * contain no class name. Implementations are thread-safe.
 */
public interface PayloadCodec {

	/**
	 * Encode a payload.
	 * @param payload the payload
	 * @return the payload as JSON in UTF-8
	 * @throws IllegalArgumentException if it cannot be encoded
	 */
	byte[] encode(@Nullable Object payload);

	/**
	 * Decode a payload.
	 * @param json the payload as JSON in UTF-8
	 * @param type the type to read it as
	 * @return the payload, {@code null} for JSON's {@code null}
	 * @throws IllegalArgumentException if it cannot be read as that type
	 */
	@Nullable Object decode(ByteBuffer json, Type type);

}
