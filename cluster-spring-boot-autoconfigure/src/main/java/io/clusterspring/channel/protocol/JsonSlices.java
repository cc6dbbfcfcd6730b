package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads JSON in part, and in part cuts it out unread.
 */
final class JsonSlices implements AutoCloseable {

	private static final JsonMapper mapper = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final byte[] bytes;

	private final int offset;

	private final JsonParser parser;

	/**
	 * Begin to read.
	 * @param text the text, in an accessible array
	 */
	JsonSlices(ByteBuffer text) {
		this.bytes = text.array();
		this.offset = text.arrayOffset() + text.position();
		this.parser = mapper.createParser(this.bytes, this.offset, text.remaining());
	}

	JsonParser parser() {
		return this.parser;
	}

	/**
	 * Read the value the parser is at.
	 * @return the value
	 */
	JsonNode value() {
		return switch (this.parser.currentToken()) {
			case VALUE_STRING -> StringNode.valueOf(this.parser.getString());
			case VALUE_NULL -> NullNode.instance;
			default -> mapper.readTree(this.parser);
		};
	}

	/**
	 * Cut out the value the parser is at.
	 * @return the value as it came
	 */
	ByteBuffer slice() {
		int start = (int) this.parser.currentTokenLocation().getByteOffset();
		this.parser.skipChildren();
		this.parser.finishToken();
		int end = (int) this.parser.currentLocation().getByteOffset();
		return ByteBuffer.wrap(this.bytes, this.offset + start, end - start).slice();
	}

	/**
	 * Make sure that nothing is left.
	 */
	void end() {
		JsonToken token = this.parser.nextToken();
		require(token == null, "Message goes on after its end");
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
