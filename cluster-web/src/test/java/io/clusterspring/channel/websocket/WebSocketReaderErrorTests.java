package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for invalid frames of a client and their close codes (RFC 6455, section 7.4.1).
 */
class WebSocketReaderErrorTests {

	private static final int LIMIT = 1000;

	private static final int FINAL = ClientFrames.FINAL;

	private final WebSocketReaderTests.Recorder recorder = new WebSocketReaderTests.Recorder();

	private final WebSocketReader reader = new WebSocketReader(this.recorder, LIMIT);

	@ParameterizedTest
	@ValueSource(ints = { 0x40, 0x20, 0x10, 0x70 })
	void reservedBits(int bits) {
		refuses(1002, ClientFrames.frame(FINAL | bits | ClientFrames.TEXT, "x"));
	}

	@Test
	void frameWithoutMask() {
		refuses(1002, new byte[] { (byte) (FINAL | ClientFrames.TEXT), 1, 'x' });
		refuses(1002, new byte[] { (byte) (FINAL | ClientFrames.PING), 0 });
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
	void unknownOpcode(int opcode) {
		refuses(1002, ClientFrames.frame(FINAL | opcode, "x"));
	}

	@ParameterizedTest
	@ValueSource(ints = { ClientFrames.CLOSE, ClientFrames.PING, ClientFrames.PONG })
	void controlFrameThatIsLongOrFragmented(int opcode) {
		refuses(1002, ClientFrames.frame(opcode, "ab"));
		refuses(1002, ClientFrames.header(FINAL | opcode, 126));
		refuses(1002, ClientFrames.header(FINAL | opcode, 65536));
	}

	@Test
	void continuationOfNothing() {
		refuses(1002, ClientFrames.frame(FINAL | ClientFrames.CONTINUATION, "x"));
		refuses(1002, ClientFrames.frame(ClientFrames.CONTINUATION, "x"));
		refuses(1002, ClientFrames.join(ClientFrames.text("whole"),
				ClientFrames.frame(FINAL | ClientFrames.CONTINUATION, "x")));
	}

	@Test
	void messageWithinAMessage() {
		refuses(1002, ClientFrames.join(ClientFrames.frame(ClientFrames.TEXT, "begun"), ClientFrames.text("x")));
		refuses(1002, ClientFrames.join(ClientFrames.frame(ClientFrames.TEXT), ClientFrames.text("x")));
	}

	@Test
	void binaryMessageWithinAMessage() {
		refuses(1002, ClientFrames.join(ClientFrames.frame(ClientFrames.TEXT, "begun"),
				ClientFrames.frame(FINAL | ClientFrames.BINARY, "x")));
		refuses(1002, ClientFrames.join(ClientFrames.frame(ClientFrames.BINARY, "begun"), ClientFrames.text("x")));
	}

	@Test
	void binaryMessageBeyondTheLimit() {
		refuses(1009, ClientFrames.join(ClientFrames.header(FINAL | ClientFrames.BINARY, LIMIT + 1), new byte[4]));
		refuses(1009, ClientFrames.join(ClientFrames.frame(ClientFrames.BINARY, "x".repeat(LIMIT)),
				ClientFrames.frame(FINAL | ClientFrames.CONTINUATION, "x")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "C3", "C328", "A0", "E28228", "F0288CBC", "C0AF", "EDA080", "F4908080", "FF" })
	void textThatIsNotUtf8(String hex) {
		byte[] broken = HexFormat.of().parseHex(hex);
		refuses(1007, ClientFrames.frame(FINAL | ClientFrames.TEXT, broken));
		refuses(1007, ClientFrames.join(ClientFrames.frame(ClientFrames.TEXT, "fine"),
				ClientFrames.frame(FINAL | ClientFrames.CONTINUATION, broken)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535 })
	void closeCodeThatIsInvalid(int code) {
		refuses(1002, ClientFrames.frame(FINAL | ClientFrames.CLOSE, WebSocketReaderTests.close(code, "")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999 })
	void closeCodeThatIsValid(int code) throws WebSocketException {
		this.reader.read(ByteBuffer
			.wrap(ClientFrames.frame(FINAL | ClientFrames.CLOSE, WebSocketReaderTests.close(code, "reason"))));
		assertThat(this.recorder.heard).containsExactly("close");
	}

	@Test
	void closeFrameThatIsMalformed() {
		refuses(1002, ClientFrames.frame(FINAL | ClientFrames.CLOSE, (byte) 3));
		refuses(1002, ClientFrames.frame(FINAL | ClientFrames.CLOSE, (byte) 3, (byte) 0xE8, (byte) 0xFF));
	}

	@Test
	void messageAboveTheLimitIsRefusedBeforeItIsReceived() throws WebSocketException {
		refuses(1009, ClientFrames.join(ClientFrames.header(FINAL | ClientFrames.TEXT, LIMIT + 1), new byte[4]));
		refuses(1009, ClientFrames.join(ClientFrames.header(FINAL | ClientFrames.TEXT, Long.MAX_VALUE), new byte[4]));
		refuses(1009, ClientFrames.join(ClientFrames.header(FINAL | ClientFrames.TEXT, -1), new byte[4]));
		this.reader.read(ByteBuffer.wrap(ClientFrames.text("x".repeat(LIMIT))));
		assertThat(this.recorder.heard).hasSize(1);
	}

	@Test
	void limitCountsBytesAndAllFragments() throws WebSocketException {
		refuses(1009, ClientFrames.text("ü".repeat(LIMIT / 2) + "x"));
		byte[] most = ClientFrames.join(ClientFrames.frame(ClientFrames.TEXT, "x".repeat(600)),
				ClientFrames.frame(ClientFrames.CONTINUATION, "x".repeat(399)));
		refuses(1009, ClientFrames.join(most, ClientFrames.frame(FINAL | ClientFrames.CONTINUATION, "xy")));
		this.reader.read(ByteBuffer.wrap(most));
		this.reader.read(ByteBuffer.wrap(ClientFrames.frame(FINAL | ClientFrames.PING, "p".repeat(125))));
		this.reader.read(ByteBuffer.wrap(ClientFrames.frame(FINAL | ClientFrames.CONTINUATION, "x")));
		this.reader.read(ByteBuffer.wrap(ClientFrames.text("x".repeat(LIMIT))));
		assertThat(this.recorder.heard).as("each message has its own count")
			.containsExactly("ping " + "p".repeat(125), "text " + "x".repeat(LIMIT), "text " + "x".repeat(LIMIT));
	}

	@Test
	void messagesBeforeTheInvalidFrameAreHandled() {
		byte[] bytes = ClientFrames.join(ClientFrames.text("good"), ClientFrames.frame(FINAL | 7, "bad"));
		assertThatExceptionOfType(WebSocketException.class).isThrownBy(() -> this.reader.read(ByteBuffer.wrap(bytes)))
			.withMessage("unknown opcode 7");
		assertThat(this.recorder.heard).containsExactly("text good");
	}

	private static void refuses(int code, byte[] bytes) {
		for (int chunk : new int[] { bytes.length, 1 }) {
			WebSocketReader fresh = new WebSocketReader(new WebSocketReaderTests.Recorder(), LIMIT);
			assertThatExceptionOfType(WebSocketException.class).isThrownBy(() -> {
				for (int from = 0; from < bytes.length; from += chunk) {
					fresh.read(ByteBuffer.wrap(bytes, from, chunk).slice());
				}
			}).satisfies((ex) -> assertThat(ex.closeCode()).as(ex.getMessage()).isEqualTo(code));
		}
	}

}
