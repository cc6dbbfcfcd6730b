package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.text.Utf8;

/**
 * The body of a client's POST request: one text message or, as
 * {@code application/x-ndjson}, one message in each line. A line that is not JSON is a
 * binary message in base64.
 *
 * @param lines whether each line is a message
 */
record PollBody(byte[] bytes, boolean lines) {

	static boolean hasLines(@Nullable String contentType) {
		return contentType != null && contentType.split(";", 2)[0].trim().equalsIgnoreCase("application/x-ndjson");
	}

	/**
	 * Pass each message to a consumer, in order.
	 * @throws IllegalArgumentException if a message is neither; the messages before it
	 * were passed on
	 */
	void forEach(Consumer<ByteBuffer> text, Consumer<ByteBuffer> binary) {
		Assert.isTrue(Utf8.isValid(this.bytes, 0), "Body is not UTF-8");
		if (!this.lines) {
			text.accept(ByteBuffer.wrap(this.bytes));
			return;
		}
		int start = 0;
		for (int i = 0; i <= this.bytes.length; i++) {
			if (i == this.bytes.length || this.bytes[i] == '\n') {
				int end = (i > start && this.bytes[i - 1] == '\r') ? i - 1 : i;
				line(ByteBuffer.wrap(this.bytes, start, end - start), text, binary);
				start = i + 1;
			}
		}
	}

	private static void line(ByteBuffer line, Consumer<ByteBuffer> text, Consumer<ByteBuffer> binary) {
		if (!line.hasRemaining()) {
			return;
		}
		byte first = line.get(line.position());
		if (first == '[' || first == '{') {
			text.accept(line.slice());
		}
		else {
			binary.accept(ByteBuffer.wrap(Base64.getDecoder().decode(line).array()));
		}
	}

}
