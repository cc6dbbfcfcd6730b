package io.clusterspring.channel.protocol;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link V2JsonSerializer}, with recorded messages of Phoenix.
 */
class V2JsonSerializerTests {

	private static final Set<String> MALFORMED = Set.of("malformed_json", "empty_frame", "shape_object",
			"shape_v1_in_v2", "shape_short_array", "shape_null", "shape_number");

	private final V2JsonSerializer serializer = new V2JsonSerializer();

	static List<String> received() {
		return texts("recv", (transcript) -> true).distinct().toList();
	}

	static List<String> sent() {
		return texts("send", (transcript) -> !MALFORMED.contains(transcript.name())).distinct().toList();
	}

	static List<String> malformed() {
		return texts("send", (transcript) -> MALFORMED.contains(transcript.name())).toList();
	}

	private static Stream<String> texts(String event, Predicate<Transcript> filter) {
		return Transcript.all()
			.stream()
			.filter(Transcript::isTextV2)
			.filter((transcript) -> !transcript.name().startsWith("oversized"))
			.filter(filter)
			.flatMap((transcript) -> transcript.steps(event))
			.map(Transcript.Step::text);
	}

	@ParameterizedTest
	@MethodSource("received")
	void writesWhatPhoenixWrote(String recorded) {
		JsonNode parts = JsonMapper.shared().readTree(recorded);
		assertThat(encode(recorded, parts).messages()).extracting(SocketFrame.Message::text).containsExactly(recorded);
	}

	private SocketFrame encode(String recorded, JsonNode parts) {
		SocketMessage message = decode(recorded);
		if (message.event().equals(StringNode.valueOf("phx_reply"))) {
			String payload = text(message.payload().content());
			boolean ok = parts.get(4).get("status").asString().equals("ok");
			String response = payload.substring("{\"response\":".length(),
					payload.length() - (ok ? ",\"status\":\"ok\"}" : ",\"status\":\"error\"}").length());
			return this.serializer.encode(new SocketReply(message.joinRef(), message.ref(), message.topic(),
					ok ? SocketReply.Status.OK : SocketReply.Status.ERROR, SocketPayload.json(utf8(response))));
		}
		if (message.joinRef().isNull()) {
			return this.serializer.encode(new SocketBroadcast(message.topic().stringValue(),
					message.event().stringValue(), message.payload()));
		}
		return this.serializer.encode(message);
	}

	@ParameterizedTest
	@MethodSource("sent")
	void readsWhatClientsSent(String recorded) {
		JsonNode parts = JsonMapper.shared().readTree(recorded);
		SocketMessage message = decode(recorded);
		assertThat(message.joinRef()).isEqualTo(parts.get(0));
		assertThat(message.ref()).isEqualTo(parts.get(1));
		assertThat(message.topic()).isEqualTo(parts.get(2));
		assertThat(message.event()).isEqualTo(parts.get(3));
		assertThat(JsonMapper.shared().readTree(text(message.payload().content()))).isEqualTo(parts.get(4));
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void refusesWhatPhoenixRefused(String recorded) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(recorded));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1,2,3,4,5] 6", "[1,2,3,4,5", "[1,2,3,4,{]", "[1,2,3,4,\"x]", "[[1,2],2", "nonsense" })
	void refusesIncompleteMessagesAndTextAfterTheEnd(String text) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "null", "\"é\\u00e9\"", "12345678901234567890.10", "[1, {\"a\" : [ ]} ]", "true",
			"{\"\\\"]\":\"}\"}" })
	void keepsThePayloadUnchanged(String payload) {
		assertThat(text(decode("[ null, 1, \"t\", \"e\", " + payload + " ]").payload().content())).isEqualTo(payload);
		assertThat(text(decode("[null,1,\"t\",\"e\"," + payload + ",7]").payload().content())).isEqualTo(payload);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e0", "0.1e1", "1.0", "-0", "-0.0", "1E400", "-1.50e-400", "100000000000000000000",
			"9007199254740993", "0.1", "[1e0]" })
	void sendsTheNumbersThatItReceived(String number) {
		String sent = this.serializer.encode(decode("[" + number + "," + number + "," + number + ",\"e\",{}]"))
			.messages()
			.get(0)
			.text();
		assertThat(sent).endsWith(",\"e\",{}]");
		String[] parts = sent.substring(1, sent.indexOf(",\"e\"")).split(",");
		assertThat(parts).hasSize(3)
			.allSatisfy((part) -> assertThat(decimal(part)).isEqualByComparingTo(decimal(number)));
	}

	private static BigDecimal decimal(String number) {
		return new BigDecimal(number.replaceAll("[\\[\\]]", ""));
	}

	@Test
	void readsFromTheMiddleOfAnArray() {
		ByteBuffer text = utf8("....[\"1\",\"2\",\"t\",\"e\",{\"a\":1}]....");
		SocketMessage message = this.serializer.decode(text.slice(4, text.remaining() - 8));
		assertThat(text(message.payload().content())).isEqualTo("{\"a\":1}");
	}

	private SocketMessage decode(String text) {
		return this.serializer.decode(utf8(text));
	}

	private static ByteBuffer utf8(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(ByteBuffer bytes) {
		return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
	}

}
