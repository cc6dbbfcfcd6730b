package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for malformed strings in each part of a message, in both directions.
 */
class MalformedTextTests {

	private static final String V1 = "{\"join_ref\":\"%s\",\"ref\":\"%s\",\"topic\":\"%s\",\"event\":\"%s\",\"payload\":{\"%s\":[{\"b\":\"%s\"}]},\"%s\":\"%s\"}";

	private static final String V2 = "[\"%s\",\"%s\",\"%s\",\"%s\",{\"%s\":[{\"b\":\"%s\"}]},{\"%s\":\"%s\"}]";

	private final SocketSerializer v1 = new V1JsonSerializer();

	private final SocketSerializer v2 = new V2JsonSerializer();

	static List<String> messages() {
		List<String> messages = new ArrayList<>();
		for (String lone : List.of("\\ud83d", "\\uDE00", "\\ud83d\\ud83d\\ude00", "a\\uD800b", "\\\\\\ud83d")) {
			for (int place = 0; place < 8; place++) {
				messages.add(V1.formatted(filled(place, lone)));
				messages.add(V2.formatted(filled(place, lone)));
			}
		}
		return messages;
	}

	private static Object[] filled(int place, String text) {
		Object[] parts = { "1", "2", "room:a", "say", "a", "b", "more", "x" };
		parts[place] = text;
		return parts;
	}

	@ParameterizedTest
	@MethodSource("messages")
	void loneSurrogateIsMalformed(String message) {
		SocketSerializer serializer = message.startsWith("[") ? this.v2 : this.v1;
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> serializer.decode(utf8("\n" + message)));
		ByteBuffer within = utf8("xx" + message + "xx");
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> serializer.decode(within.slice(2, within.remaining() - 4)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "UTF-32" })
	void noOtherEncodingIsGuessed(String charset) {
		byte[] v1 = V1.formatted(filled(0, "1")).getBytes(Charset.forName(charset));
		byte[] v2 = V2.formatted(filled(0, "1")).getBytes(Charset.forName(charset));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.v1.decode(ByteBuffer.wrap(v1)));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.v2.decode(ByteBuffer.wrap(v2)));
	}

	@Test
	void byteOrderMarkIsMalformed() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.v2.decode(utf8("\ufeff" + V2.formatted(filled(0, "1")))));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.v2.decode(utf8("[\0")));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.v2.decode(utf8("")));
	}

	@Test
	void surrogatePairsAreWellFormed() {
		String pair = "\\ud83d\\uDE00\\\\ud83d";
		for (int place = 0; place < 8; place++) {
			assertThat(this.v1.decode(utf8(V1.formatted(filled(place, pair)))).payload().isObject()).isTrue();
			assertThat(this.v2.decode(utf8(V2.formatted(filled(place, pair)))).payload().isObject()).isTrue();
		}
		SocketMessage message = this.v2.decode(utf8("[\"1\",\"" + pair + "\",\"a\",\"b\",{\"k\":\"" + pair + "\"}]"));
		assertThat(message.ref().stringValue()).isEqualTo("😀\\ud83d");
		assertThat(this.v2.encode(message).messages().get(0).text())
			.isEqualTo("[\"1\",\"😀\\\\ud83d\",\"a\",\"b\",{\"k\":\"" + pair + "\"}]");
	}

	@Test
	void stringsOfBinaryMessagesMustBeUtf8() {
		for (int place = 0; place < 4; place++) {
			byte[] bytes = { 0, 1, 1, 1, 1, 'a', 'b', 'c', 'd', 1 };
			bytes[5 + place] = (byte) 0xED;
			assertThatExceptionOfType(MalformedMessageException.class)
				.isThrownBy(() -> this.v2.decodeBinary(ByteBuffer.wrap(bytes)));
		}
		byte[] noText = "{\"topic\":\"a\u00ff".getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.v1.decodeBinary(ByteBuffer.wrap(noText)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "a\uDE00" })
	void malformedStringIsNotEncoded(String lone) {
		SocketPayload payload = SocketPayload.json(utf8("{}"));
		StringNode bad = StringNode.valueOf(lone);
		StringNode good = StringNode.valueOf("x");
		for (SocketSerializer serializer : List.of(this.v1, this.v2)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> serializer.encode(new SocketMessage(good, good, good, bad, payload)));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> serializer.encode(new SocketMessage(good, good, bad, good, payload)));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> serializer.encode(new SocketReply(good, bad, good, SocketReply.Status.OK, payload)));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> serializer.encode(new SocketBroadcast("a", lone, payload)));
		}
		SocketPayload bytes = SocketPayload.binary(ByteBuffer.allocate(1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.v2.encode(new SocketBroadcast(lone, "event", bytes)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "-1.50", "1.0", "1e5", "12345678901234567890123", "1E+400", "-0", "0.1e-7" })
	void numbersAreEchoedWithoutLossAndAsJson(String number) {
		for (UnaryOperator<String> form : List.<UnaryOperator<String>>of((n) -> "[null," + n + ",\"a\",\"b\",{}]",
				(n) -> "[" + n + ",null,\"a\",\"b\",{}]")) {
			SocketMessage message = this.v2.decode(utf8(form.apply(number)));
			String echo = this.v2.encode(message).messages().get(0).text();
			assertThat(JsonMapper.shared().readTree(echo)).isNotNull();
			assertThat((message.ref().isNull() ? message.joinRef() : message.ref()).decimalValue())
				.isEqualByComparingTo(number);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "NaN", "Infinity", "01", "1.", "+1", "1e99999999999", "0x1", "1e", "--1" })
	void invalidNumberIsMalformed(String number) {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.v2.decode(utf8("[null," + number + ",\"a\",\"b\",{}]")));
	}

	@Test
	void payloadMayBeAsDeepAsTheApplicationReads() {
		String deep = "[".repeat(500) + "]".repeat(500);
		String deeper = "[" + deep + "]";
		assertThat(JsonMapper.shared().readTree(deep)).isNotNull();
		assertThat(this.v2.decode(utf8("[null,null,\"a\",\"b\"," + deep + "]")).payload().content().remaining())
			.isEqualTo(1000);
		assertThat(this.v1.decode(utf8(v1(deep))).joinRef()).isEqualTo(NullNode.instance);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.v2.decode(utf8("[null,null,\"a\",\"b\"," + deeper + "]")));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.v1.decode(utf8(v1(deeper))));
	}

	private static String v1(String payload) {
		return "{\"topic\":\"a\",\"event\":\"b\",\"ref\":null,\"payload\":" + payload + "}";
	}

	private static ByteBuffer utf8(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
