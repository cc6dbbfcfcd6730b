package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.MalformedFrameException.UnknownFrameException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FrameCodec}.
 */
class FrameCodecTests {

	@Test
	void writesTheDocumentedBytes() {
		assertThat(hex(FrameCodec.encode("a:b", null, PayloadKind.TEXT, Map.of(), utf8("hi"))))
			.isEqualTo("020101" + "03613a62" + "6869");
		assertThat(hex(FrameCodec.encode("t", "ev", PayloadKind.JSON, Map.of(), utf8("{}"))))
			.isEqualTo("020182" + "0174" + "026576" + "7b7d");
		assertThat(hex(FrameCodec.encode("t", null, PayloadKind.BYTES, Map.of(), new byte[0])))
			.isEqualTo("020100" + "0174");
	}

	@ParameterizedTest
	@EnumSource
	void readsBackWhatItWrote(PayloadKind kind) {
		roundTrip("room:lobby", "new_msg", kind, "payload");
		roundTrip("room:lobby", null, kind, "payload");
		roundTrip("room:lobby", null, kind, "");
	}

	@Test
	void takesTextThatIsNotAscii() {
		roundTrip("räume:große Halle/部屋/🏠", "ereignis-ü-イベント", PayloadKind.TEXT, "späße 🎈");
	}

	@Test
	void takesATopicAndAnEventAsLongAsTheirLengthCanSay() {
		roundTrip("t".repeat(0xFFFF), null, PayloadKind.BYTES, "x");
		roundTrip("é".repeat(0x7FFF), null, PayloadKind.BYTES, "x");
	}

	@Test
	void namesThatClientsAreToldHaveAByteForTheirLength() {
		roundTrip("t".repeat(255), "e".repeat(255), PayloadKind.JSON, "{}");
		for (String[] names : new String[][] { { "t".repeat(256), "e" }, { "t", "e".repeat(256) } }) {
			byte[] frame = FrameCodec.encode(names[0], names[1], PayloadKind.JSON, Map.of(), utf8("{}"));
			assertThatIllegalArgumentException().isThrownBy(() -> FrameCodec.decode(FrameKind.body(frame)))
				.withMessage("a name is too long");
		}
	}

	@Test
	void refusesTextThatIsNotUtf8() {
		byte[] frame = FrameCodec.encode("topic", "event", PayloadKind.TEXT, Map.of("name", "value"), utf8("text"));
		String whole = new String(frame, StandardCharsets.ISO_8859_1);
		for (String part : List.of("topic", "event", "name", "value")) {
			byte[] bad = frame.clone();
			bad[whole.indexOf(part) + 1] = (byte) 0xED;
			assertThatIllegalArgumentException().isThrownBy(() -> FrameCodec.decode(FrameKind.body(bad)))
				.withMessage("a text is not UTF-8");
		}
	}

	@ParameterizedTest
	@CsvSource({ "t, 65536", "é, 32768" })
	void refusesATopicThatIsLonger(String character, int count) {
		String tooLong = character.repeat(count);
		assertThatIllegalArgumentException().isThrownBy(() -> encode(tooLong, null))
			.withMessage("Topic is longer than 65535 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> encode("t", tooLong))
			.withMessage("Event is longer than 65535 bytes");
	}

	@Test
	void refusesAnEmptyTopicAndAnEmptyEvent() {
		assertThatIllegalArgumentException().isThrownBy(() -> encode("", null)).withMessage("Topic must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> encode("t", "")).withMessage("Event must not be empty");
	}

	@Test
	void refusesAFrameThatIsTruncatedAnywhereBeforeItsPayload() {
		byte[] frame = FrameCodec.encode("topic", "event", PayloadKind.JSON, Map.of("name", "value"), utf8("{}"));
		int payload = frame.length - 2;
		for (int length = FrameKind.HEADER; length < payload; length++) {
			ByteBuffer truncated = FrameKind.body(Arrays.copyOf(frame, length));
			assertThatIllegalArgumentException().as("%d bytes", length)
				.isThrownBy(() -> FrameCodec.decode(truncated))
				.withMessage("it is cut off");
		}
		assertThat(FrameCodec.decode(FrameKind.body(Arrays.copyOf(frame, payload))).payload().remaining()).isZero();
	}

	@Test
	void doesNotReadBeyondItsPartOfALargerBuffer() {
		byte[] frame = FrameCodec.encode("topic", null, PayloadKind.TEXT, Map.of(), utf8("hello"));
		byte[] larger = new byte[frame.length + 20];
		System.arraycopy(frame, FrameKind.HEADER, larger, 7, frame.length - FrameKind.HEADER);
		ByteBuffer part = ByteBuffer.wrap(larger, 7, frame.length - FrameKind.HEADER);
		assertThat(text(FrameCodec.decode(part).payload())).isEqualTo("hello");
		assertThat(part.position()).as("the buffer is left as it was").isEqualTo(7);
		assertThatIllegalArgumentException().isThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(larger, 7, 5)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 0x3F, 0x83, 0xFF })
	void doesNotKnowAnotherPayloadKind(int flags) {
		byte[] frame = FrameCodec.encode("topic", "event", PayloadKind.TEXT, Map.of(), utf8("hello"));
		frame[FrameKind.HEADER] = (byte) flags;
		assertThatExceptionOfType(UnknownFrameException.class)
			.isThrownBy(() -> FrameCodec.decode(FrameKind.body(frame)));
	}

	@Test
	void sharesThePayloadAndDoesNotCopyIt() {
		byte[] frame = FrameCodec.encode("t", null, PayloadKind.BYTES, Map.of(), utf8("abc"));
		ByteBuffer payload = FrameCodec.decode(FrameKind.body(frame)).payload();
		frame[frame.length - 1] = 'z';
		assertThat(text(payload)).isEqualTo("abz");
	}

	@Test
	void givesListenersAViewTheyCannotWriteTo() {
		TopicFrame frame = FrameCodec
			.decode(FrameKind.body(FrameCodec.encode("t", null, PayloadKind.BYTES, Map.of(), utf8("abc"))));
		TopicMessage message = new TopicMessage(PubSubNodes.N1, frame, PubSubNodes.CODEC, null);
		assertThat(text(message.bytes())).isEqualTo("abc");
		assertThat(text(message.bytes())).as("each time anew").isEqualTo("abc");
		assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> message.bytes().put((byte) 1));
	}

	private static void roundTrip(String topic, @Nullable String event, PayloadKind kind, String payload) {
		TopicFrame frame = FrameCodec
			.decode(FrameKind.body(FrameCodec.encode(topic, event, kind, Map.of(), utf8(payload))));
		assertThat(frame.topic()).isEqualTo(topic);
		assertThat(frame.event()).isEqualTo(event);
		assertThat(frame.kind()).isEqualTo(kind);
		assertThat(text(frame.payload())).isEqualTo(payload);
	}

	private static void encode(String topic, @Nullable String event) {
		FrameCodec.encode(topic, event, PayloadKind.TEXT, Map.of(), new byte[1]);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(ByteBuffer bytes) {
		return StandardCharsets.UTF_8.decode(bytes).toString();
	}

	@Test
	void headersTravelWithTheMessage() {
		Map<String, String> headers = Map.of("traceparent", "00-abc", "é", "");
		byte[] bytes = FrameCodec.encode("topic", "event", PayloadKind.JSON, headers, utf8("{}"));
		TopicFrame frame = FrameCodec.decode(FrameKind.body(bytes));
		assertThat(frame.headers()).isEqualTo(headers);
		assertThat(frame.event()).isEqualTo("event");
		assertThat(StandardCharsets.UTF_8.decode(frame.payload()).toString()).isEqualTo("{}");
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	@Test
	void anyInputIsReadOrRefused() {
		FrameFuzz.fuzz(FrameCodec::decode,
				FrameCodec.encode("töpic", "event", PayloadKind.JSON, Map.of("a", "b"), utf8("{}")),
				FrameCodec.encode("topic", null, PayloadKind.TEXT, Map.of(), utf8("hello")));
	}

}
