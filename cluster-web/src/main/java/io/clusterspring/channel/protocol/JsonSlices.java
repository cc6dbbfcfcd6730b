package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.text.JsonEscapes;

/**
 * Reads a JSON message. Some values are decoded; others are cut out as bytes without
 * decoding.
 */
public final class JsonSlices implements AutoCloseable {

	// the payload is one level deeper in its message than when the application reads it
	private static final StreamReadConstraints DEPTH = StreamReadConstraints.builder()
		.maxNestingDepth(StreamReadConstraints.DEFAULT_MAX_DEPTH + 1)
		.build();

	// numbers are echoed without a loss of precision
	private static final JsonMapper mapper = JsonMapper
		.builder(JsonFactory.builder().streamReadConstraints(DEPTH).build())
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	// a slice keeps its whole message on the heap; limits the bytes around the slice
	private static final int MAX_AROUND = 1024;

	private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

	private final byte[] bytes;

	private final int offset;

	private final int length;

	private final JsonParser parser;

	/**
	 * Create a reader.
	 * @param text the text, in an accessible array
	 */
	public JsonSlices(ByteBuffer text) {
		this.bytes = text.array();
		this.offset = text.arrayOffset() + text.position();
		this.length = text.remaining();
		requireUtf8();
		this.parser = mapper.createParser(this.bytes, this.offset, this.length);
	}

	// with these bytes Jackson would detect UTF-16 or UTF-32, or skip a byte order mark
	private void requireUtf8() {
		for (int i = 0; i < Math.min(4, this.length); i++) {
			require(this.bytes[this.offset + i] != 0, "Message is not JSON in UTF-8");
		}
		require(this.length == 0 || this.bytes[this.offset] != BYTE_ORDER_MARK,
				"Message begins with a byte order mark");
	}

	/**
	 * Return the parser.
	 * @return the parser, at the value that was read last
	 */
	public JsonParser parser() {
		return this.parser;
	}

	/** Decode the value at the parser's position. */
	JsonNode value() {
		return switch (this.parser.currentToken()) {
			case VALUE_STRING -> StringNode.valueOf(this.parser.getString());
			case VALUE_NULL -> NullNode.instance;
			default -> tree();
		};
	}

	private JsonNode tree() {
		try {
			return mapper.readTree(this.parser);
		}
		catch (NumberFormatException ex) {
			throw new MalformedMessageException("Message has a number that is out of range", ex);
		}
	}

	/**
	 * Cut out the value at the parser's position. It shares the bytes of the message,
	 * unless that would keep much more than the value on the heap.
	 * @return the encoded value, unchanged
	 */
	public ByteBuffer slice() {
		int start = (int) this.parser.currentTokenLocation().getByteOffset();
		this.parser.skipChildren();
		this.parser.finishToken();
		int end = (int) this.parser.currentLocation().getByteOffset();
		if (this.bytes.length - (end - start) > MAX_AROUND) {
			return ByteBuffer.wrap(Arrays.copyOfRange(this.bytes, this.offset + start, this.offset + end));
		}
		return ByteBuffer.wrap(this.bytes, this.offset + start, end - start).slice();
	}

	/**
	 * Check that nothing follows, and that all strings are well-formed, including those
	 * in the values that were cut out.
	 */
	public void end() {
		JsonToken token = this.parser.nextToken();
		require(token == null, "Message has text after its end");
		require(JsonEscapes.areWellFormed(this.bytes, this.offset, this.length),
				"Message has a string with a lone surrogate");
	}

	@Override
	public void close() {
		this.parser.close();
	}

	static void require(boolean condition, String message) {
		if (!condition) {
			throw new MalformedMessageException(message, null);
		}
	}

}
