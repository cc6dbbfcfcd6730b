package io.clusterspring.channel.protocol;

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
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link V1JsonSerializer}, with recorded messages of Phoenix.
 */
class V1JsonSerializerTests {

	private static final Set<String> MALFORMED = Set.of("malformed_json", "empty_frame", "shape_object",
			"shape_v1_in_v2", "shape_missing_payload_v1", "shape_null", "shape_number");

	private final V1JsonSerializer serializer = new V1JsonSerializer();

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
			.filter((transcript) -> transcript.vsn().equals("1.0.0"))
			.filter(filter)
			.flatMap((transcript) -> transcript.steps(event))
			.map(Transcript.Step::text);
	}

	@ParameterizedTest
	@MethodSource("received")
	void writesWhatPhoenixWrote(String recorded) {
		SocketMessage message = decode(recorded);
		assertThat(encode(message).messages()).extracting(SocketFrame.Message::text).containsExactly(recorded);
	}

	private SocketFrame encode(SocketMessage message) {
		if (message.event().equals(StringNode.valueOf("phx_reply"))) {
			JsonNode payload = JsonMapper.shared().readTree(text(message));
			boolean ok = payload.get("status").asString().equals("ok");
			return this.serializer.encode(new SocketReply(StringNode.valueOf("never seen"), message.ref(),
					message.topic(), ok ? SocketReply.Status.OK : SocketReply.Status.ERROR,
					SocketPayload.json(utf8(payload.get("response").toString()))));
		}
		if (message.ref().isNull()) {
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
		assertThat(message.joinRef()).isEqualTo(parts.has("join_ref") ? parts.get("join_ref") : NullNode.instance);
		assertThat(message.ref()).isEqualTo(parts.get("ref"));
		assertThat(message.topic()).isEqualTo(parts.get("topic"));
		assertThat(message.event()).isEqualTo(parts.get("event"));
		assertThat(JsonMapper.shared().readTree(text(message))).isEqualTo(parts.get("payload"));
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void refusesWhatPhoenixRefused(String recorded) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(recorded));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"event\":1,\"payload\":2,\"ref\":3}", "{\"topic\":1,\"payload\":2,\"ref\":3}",
			"{\"topic\":1,\"event\":2,\"ref\":3}", "{\"topic\":1,\"event\":2,\"payload\":3}",
			"{\"topic\":1,\"event\":2,\"payload\":3,\"ref\":4", "{\"topic\":1,\"event\":2,\"payload\":3,\"ref\":4} 5",
			"{\"topic\":1,\"event\":2,\"payload\":[,\"ref\":4}" })
	void refusesIncompleteMessagesAndTextAfterTheEnd(String text) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(text));
	}

	@Test
	void acceptsKeysInAnyOrderDuplicateKeysAndUnknownKeys() {
		SocketMessage message = decode("{ \"x\": [{}], \"payload\": {\"a\": 1.50} , \"ref\":1, \"event\":\"old\","
				+ "\"topic\":\"t\", \"join_ref\":null, \"event\":\"e\", \"y\":{\"topic\":\"no\"} }");
		assertThat(message.topic()).isEqualTo(StringNode.valueOf("t"));
		assertThat(message.event()).isEqualTo(StringNode.valueOf("e"));
		assertThat(message.ref().intValue()).isEqualTo(1);
		assertThat(text(message)).isEqualTo("{\"a\": 1.50}");
	}

	@Test
	void readsABinaryMessageAsText() {
		ByteBuffer heartbeat = utf8("{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":\"é\",\"ref\":\"1\"}");
		assertThat(text(this.serializer.decodeBinary(heartbeat))).isEqualTo("\"é\"");
		byte[] latin1 = "{\"topic\":1,\"event\":2,\"payload\":\"é\",\"ref\":4}".getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.serializer.decodeBinary(ByteBuffer.wrap(latin1)));
	}

	@Test
	void hasNoBinaryPayloads() {
		assertThat(this.serializer.hasBinary()).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer
			.encode(new SocketBroadcast("t", "e", SocketPayload.binary(ByteBuffer.allocate(1)))));
	}

	private SocketMessage decode(String text) {
		return this.serializer.decode(utf8(text));
	}

	private static ByteBuffer utf8(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(SocketMessage message) {
		assertThat(message.payload().binary()).isFalse();
		return StandardCharsets.UTF_8.decode(message.payload().content().duplicate()).toString();
	}

}
