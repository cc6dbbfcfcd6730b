package io.clusterspring.pubsub;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;

/**
 * The encoding of a frame's payload. The ordinal is part of the wire format.
 */
enum PayloadKind {

	BYTES {
		@Override
		@Nullable Object decode(ByteBuffer payload, Type type, PayloadCodec codec) {
			requireType(type, byte[].class);
			byte[] bytes = new byte[payload.remaining()];
			payload.duplicate().get(bytes);
			return bytes;
		}
	},

	TEXT {
		@Override
		@Nullable Object decode(ByteBuffer payload, Type type, PayloadCodec codec) {
			requireType(type, String.class);
			return Utf8.decode(payload);
		}
	},

	JSON {
		@Override
		@Nullable Object decode(ByteBuffer payload, Type type, PayloadCodec codec) {
			return codec.decode(payload, type);
		}
	};

	abstract @Nullable Object decode(ByteBuffer payload, Type type, PayloadCodec codec);

	void requireType(Type type, Class<?> own) {
		if (!(type instanceof Class<?> wanted && wanted.isAssignableFrom(own))) {
			throw new IllegalArgumentException("Payload is a " + own.getSimpleName() + ", not " + type.getTypeName());
		}
	}

}
