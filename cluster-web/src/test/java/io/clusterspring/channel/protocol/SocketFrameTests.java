package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketFrame}. The headers are those of RFC 6455, section 5.2, for a
 * final, unmasked text frame.
 */
class SocketFrameTests {

	@ParameterizedTest
	@CsvSource({ "0, 8100", "1, 8101", "125, 817d", "126, 817e007e", "127, 817e007f", "65535, 817effff",
			"65536, 817f0000000000010000", "70000, 817f0000000000011170" })
	void wireHasTheHeaderForItsLength(int length, String header) {
		String text = "x".repeat(length);
		SocketFrame frame = frame(text);
		byte[] wire = bytes(frame.wire());
		int start = header.length() / 2;
		assertThat(HexFormat.of().formatHex(wire, 0, start)).isEqualTo(header);
		assertThat(new String(wire, start, wire.length - start, StandardCharsets.UTF_8)).isEqualTo(text);
		assertThat(frame.size()).isEqualTo(wire.length);
	}

	@Test
	void lengthCountsBytesAndNotCharacters() {
		assertThat(bytes(frame("ü🎈").wire())).hasSize(2 + 6).startsWith(0x81, 6);
		assertThat(texts(frame("ü🎈"))).containsExactly("ü🎈");
	}

	@Test
	void joinedFramesAreSeveralMessagesOneAfterTheOther() {
		SocketFrame joined = SocketFrame.join(List.of(frame("a"), SocketFrame.join(List.of(frame(""), frame("bc")))));
		assertThat(texts(joined)).containsExactly("a", "", "bc");
		assertThat(HexFormat.of().formatHex(bytes(joined.wire()))).isEqualTo("81016181008102" + "6263");
		assertThat(joined.size()).isEqualTo(9);
	}

	@Test
	void joinOfOneFrameIsThatFrame() {
		SocketFrame frame = frame("a");
		assertThat(SocketFrame.join(List.of(frame))).isSameAs(frame);
	}

	@Test
	void eachBufferHasItsOwnPositionAndIsReadOnly() {
		SocketFrame frame = frame("shared");
		ByteBuffer first = frame.wire();
		bytes(first);
		assertThat(first.hasRemaining()).isFalse();
		assertThat(bytes(frame.wire())).hasSize(8);
		assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> frame.wire().put(0, (byte) 0));
	}

	@Test
	void textIsDecodedOnce() {
		SocketFrame frame = frame("shared");
		assertThat(frame.messages().get(0).text()).isSameAs(frame.messages().get(0).text());
	}

	@Test
	void binaryMessagesHaveTheirOwnOpcode() {
		SocketFrame frame = SocketFrame.join(List.of(SocketFrame.binary(new byte[] { 1, (byte) 0xFF }), frame("a"),
				SocketFrame.binary(new byte[0])));
		assertThat(HexFormat.of().formatHex(bytes(frame.wire()))).isEqualTo("820201ff" + "810161" + "8200");
		assertThat(frame.messages()).extracting(SocketFrame.Message::isBinary).containsExactly(true, false, true);
		assertThat(bytes(frame.messages().get(0).bytes())).containsExactly(1, 0xFF);
		assertThatExceptionOfType(ReadOnlyBufferException.class)
			.isThrownBy(() -> frame.messages().get(0).bytes().put(0, (byte) 0));
	}

	private static List<String> texts(SocketFrame frame) {
		return frame.messages().stream().map(SocketFrame.Message::text).toList();
	}

	private static SocketFrame frame(String text) {
		return SocketFrame.of(text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

}
