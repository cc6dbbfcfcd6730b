package io.clusterspring.stomp;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * The types of header values that are sent between nodes. The ordinal is part of the wire
 * format.
 */
enum HeaderValue {

	TEXT(String.class, (text) -> text), FLAG(Boolean.class, Boolean::valueOf), INTEGER(Integer.class, Integer::valueOf),
	LONG(Long.class, Long::valueOf), DOUBLE(Double.class, Double::valueOf),
	MIME_TYPE(MimeType.class, MimeTypeUtils::parseMimeType);

	private static final HeaderValue[] KINDS = values();

	private final Class<?> type;

	private final Function<String, Object> parse;

	HeaderValue(Class<?> type, Function<String, Object> parse) {
		this.type = type;
		this.parse = parse;
	}

	static @Nullable HeaderValue of(Object value) {
		for (HeaderValue kind : KINDS) {
			if (kind.type.isInstance(value)) {
				return kind;
			}
		}
		return null;
	}

	static void write(FrameWriter out, Map.Entry<String, Object> header) {
		HeaderValue kind = of(header.getValue());
		if (kind == null) {
			throw new IllegalArgumentException(
					"Header '" + header.getKey() + "' has a value that cannot be sent between nodes");
		}
		out.text(header.getKey()).octet(kind.ordinal()).text(header.getValue().toString());
	}

	static Map.Entry<String, Object> read(FrameReader in) {
		String name = in.text();
		return Map.entry(name, in.oneOf(KINDS, TEXT).parse.apply(in.text()));
	}

}
