package io.clusterspring.channel.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.text.Utf8;

/**
 * Builds JSON in UTF-8 from parts that are JSON already.
 */
final class JsonText {

	// estimated bytes around a payload
	private static final int AROUND = 192;

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private final ByteArrayOutputStream out;

	JsonText() {
		this(0);
	}

	/**
	 * Create an empty text.
	 * @param size the approximate size of the payload, in bytes
	 */
	JsonText(int size) {
		this.out = new ByteArrayOutputStream(AROUND + size);
	}

	JsonText append(char ascii) {
		this.out.write(ascii);
		return this;
	}

	JsonText append(String json) {
		this.out.writeBytes(Utf8.encode("JSON", json));
		return this;
	}

	JsonText append(ByteBuffer json) {
		if (json.hasArray()) {
			this.out.write(json.array(), json.arrayOffset() + json.position(), json.remaining());
		}
		else {
			byte[] copy = new byte[json.remaining()];
			json.duplicate().get(copy);
			this.out.writeBytes(copy);
		}
		return this;
	}

	JsonText append(JsonNode value) {
		if (value.isNull()) {
			// most frames have it, so it is not left to Jackson
			this.out.writeBytes(NULL);
			return this;
		}
		if (!value.isString()) {
			return append(value.toString());
		}
		Utf8.requireWellFormed("Text", value.stringValue());
		this.out.write('"');
		this.out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(value.stringValue()));
		this.out.write('"');
		return this;
	}

	static JsonNode orNull(@Nullable String text) {
		return (text != null) ? StringNode.valueOf(text) : NullNode.instance;
	}

	SocketFrame toFrame() {
		return SocketFrame.of(this.out.toByteArray());
	}

}
