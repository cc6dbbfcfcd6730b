package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CutObject}.
 */
class CutObjectTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{'k':1}|{}|1", "{ 'k' : [1,{'k':2}] }|{}|[1,{'k':2}]", "{'a':1.50,'k':2}|{'a':1.50}|2",
					"{'k':2, 'a' : [ 1,2 ] ,'b':'é\\n'}|{'a' : [ 1,2 ],'b':'é\\n'}|2",
					"{'a':1,'k':'x','b':{'k':3},'k':'y'}|{'a':1,'b':{'k':3}}|'y'", "{'\\u006b':5,'a':','}|{'a':','}|5",
					"{'k':1E400000000000,'a':0.10}|{'a':0.10}|" })
	void memberIsCutOut(String object, String rest, String value) {
		CutObject cut = CutObject.of(json(object), "k");
		assertThat(text(cut.rest())).isEqualTo(quoted(rest));
		if (value != null) {
			assertThat(cut.value().toString()).isEqualTo(quoted(value));
		}
		else {
			assertThat(cut.value()).as("it cannot be read").isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'a':{'k':1}}", "[{'k':1}]", "null", "'k'" })
	void nothingIsCutOutOfOthers(String json) {
		assertThat(CutObject.of(json(json), "k")).isNull();
	}

	@Test
	void binaryIsNotRead() {
		assertThat(CutObject.of(SocketPayload.binary(ByteBuffer.wrap(new byte[] { '{', 0 })), "k")).isNull();
	}

	@Test
	void objectInTheMiddleOfItsMessageIsRead() {
		ByteBuffer message = ByteBuffer.wrap("[0,{\"a\":1,\"k\":2}]".getBytes(StandardCharsets.UTF_8));
		ByteBuffer slice = message.slice(3, message.remaining() - 4);
		assertThat(text(CutObject.of(SocketPayload.json(slice), "k").rest())).isEqualTo("{\"a\":1}");
	}

	private static SocketPayload json(String text) {
		return SocketPayload.json(ByteBuffer.wrap(quoted(text).getBytes(StandardCharsets.UTF_8)));
	}

	private static String text(SocketPayload payload) {
		return StandardCharsets.UTF_8.decode(payload.content().duplicate()).toString();
	}

	private static String quoted(String text) {
		return text.replace('\'', '"');
	}

}
