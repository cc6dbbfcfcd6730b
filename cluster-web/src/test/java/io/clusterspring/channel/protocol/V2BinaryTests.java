package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link V2Binary}. {@code TranscriptReplayTests} also compares its output with
 * recordings of Phoenix.
 */
class V2BinaryTests {

	private final V2JsonSerializer serializer = new V2JsonSerializer();

	static List<String> sent() {
		return Transcript.all()
			.stream()
			.filter((transcript) -> transcript.name().startsWith("binary_") && !transcript.name().contains("v1")
					&& !transcript.name().equals("binary_malformed"))
			.flatMap((transcript) -> transcript.steps("send_bin"))
			.map(Transcript.Step::hex)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("sent")
	void readsWhatClientsSent(String hex) {
		SocketMessage message = decode(hex);
		String start = "00"
				+ "%02x%02x%02x%02x".formatted(message.joinRef().asString().length(), message.ref().asString().length(),
						message.topic().asString().length(), message.event().asString().length());
		String strings = message.joinRef().asString() + message.ref().asString() + message.topic().asString()
				+ message.event().asString();
		assertThat(start + HexFormat.of().formatHex(strings.getBytes()) + hex(message.payload().content()))
			.isEqualTo(hex);
		assertThat(message.payload().binary()).isTrue();
	}

	@Test
	void readsReferencesThatAreMissingAsEmptyStrings() {
		SocketMessage message = decode("0000000000");
		assertThat(message.joinRef()).isEqualTo(StringNode.valueOf(""));
		assertThat(message.ref()).isEqualTo(StringNode.valueOf(""));
		assertThat(message.topic()).isEqualTo(StringNode.valueOf(""));
		assertThat(message.event()).isEqualTo(StringNode.valueOf(""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "0001", "01010101", "0005050505ff", "ff00", "03000000000000", "0000000100",
			"0000000001", "0000000100ff" })
	void refusesOtherKindsIncompleteMessagesAndInvalidUtf8(String hex) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(hex));
	}

	@Test
	void readsFromTheMiddleOfAnArray() {
		ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("ffff" + "0001010101" + "61626364" + "0102" + "ff"));
		SocketMessage message = this.serializer.decodeBinary(bytes.slice(2, 11));
		assertThat(message.event()).isEqualTo(StringNode.valueOf("d"));
		assertThat(hex(message.payload().content())).isEqualTo("0102");
	}

	@Test
	void writesPushesRepliesAndBroadcasts() {
		StringNode topic = StringNode.valueOf("room:é");
		SocketPayload payload = SocketPayload.binary(ByteBuffer.wrap(new byte[] { 0, (byte) 0xFF }));
		assertThat(hex(this.serializer.encode(
				new SocketMessage(IntNode.valueOf(12), NullNode.instance, topic, StringNode.valueOf("ev"), payload))))
			.isEqualTo("00" + "020702" + "3132" + "726f6f6d3ac3a9" + "6576" + "00ff");
		assertThat(hex(this.serializer.encode(
				new SocketReply(NullNode.instance, StringNode.valueOf("7"), topic, SocketReply.Status.OK, payload))))
			.isEqualTo("01" + "00010702" + "37" + "726f6f6d3ac3a9" + "6f6b" + "00ff");
		assertThat(hex(this.serializer.encode(new SocketBroadcast("t", "ev", payload))))
			.isEqualTo("02" + "0102" + "74" + "6576" + "00ff");
		assertThat(payload.content().remaining()).as("the payload can be read again").isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 255, 256, 65535, 100_000, 1_000_000 })
	void payloadsMayHaveAnyLength(int length) {
		ByteBuffer payload = ByteBuffer.allocate(length);
		SocketFrame frame = this.serializer.encode(new SocketBroadcast("t", "e", SocketPayload.binary(payload)));
		assertThat(frame.messages().get(0).bytes().remaining()).isEqualTo(5 + length);
		ByteBuffer push = ByteBuffer.allocate(9 + length).put(new byte[] { 0, 1, 1, 1, 1, '1', '2', 't', 'e' });
		assertThat(this.serializer.decodeBinary(push.rewind()).payload().content().remaining()).isEqualTo(length);
	}

	@ParameterizedTest
	@CsvSource({ "x, 256", "é, 128" })
	void stringsMayHaveNoMoreThan255Bytes(String character, int count) {
		SocketPayload payload = SocketPayload.binary(ByteBuffer.allocate(1));
		String tooLong = character.repeat(count);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.serializer.encode(new SocketBroadcast(tooLong, "e", payload)))
			.withMessageContaining("more than 255 bytes");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.serializer.encode(new SocketBroadcast("t", tooLong, payload)));
		String longest = "é".repeat(127) + "x";
		SocketFrame frame = this.serializer.encode(new SocketBroadcast(longest, longest, payload));
		assertThat(hex(frame)).startsWith("02ffff").hasSize(2 * (3 + 255 + 255 + 1));
	}

	private SocketMessage decode(String hex) {
		return this.serializer.decodeBinary(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
	}

	private static String hex(SocketFrame frame) {
		assertThat(frame.messages()).singleElement().matches(SocketFrame.Message::isBinary);
		return hex(frame.messages().get(0).bytes());
	}

	private static String hex(ByteBuffer bytes) {
		byte[] copy = new byte[bytes.remaining()];
		bytes.duplicate().get(copy);
		return HexFormat.of().formatHex(copy);
	}

}
