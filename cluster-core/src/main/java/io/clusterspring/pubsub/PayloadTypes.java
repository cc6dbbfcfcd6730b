package io.clusterspring.pubsub;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import tools.jackson.databind.exc.InvalidDefinitionException;

import io.clusterspring.text.Utf8;

/**
 * Tells which types a payload can be read as.
 */
public final class PayloadTypes {

	private PayloadTypes() {
	}

	/**
	 * Return whether there may be a payload that can be read as a type. The reader of a
	 * type is found when it is first used, so an empty object is read.
	 * @param codec reads payloads
	 * @param type the type
	 * @return {@code false} if no payload can be
	 */
	public static boolean isReadable(PayloadCodec codec, Type type) {
		try {
			codec.decode(ByteBuffer.wrap(Utf8.encode("JSON", "{}")), type);
			return true;
		}
		catch (RuntimeException ex) {
			return !(ex.getCause() instanceof InvalidDefinitionException);
		}
	}

}
