package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketReader} with valid frames. See
 * {@link WebSocketReaderErrorTests} for invalid ones.
 */
class WebSocketReaderTests {

	private static final int LIMIT = 100_000;

	private final Recorder recorder = new Recorder();

	private final WebSocketReader reader = new WebSocketReader(this.recorder, LIMIT);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 65535, 65536, LIMIT })
	void readsMessagesOfEveryLength(int length) throws WebSocketException {
		String text = "x".repeat(length);
		read(ClientFrames.text(text));
		assertThat(this.recorder.heard).containsExactly("text " + text);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1, 0x37FA213D, 0x80000000, 0x00FF00FF })
	void removesAnyMask(int mask) throws WebSocketException {
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.TEXT, mask,
				"späße 🎈!".getBytes(StandardCharsets.UTF_8)));
		assertThat(this.recorder.heard).containsExactly("text späße 🎈!");
	}

	@Test
	void readsTheMaskedHelloOfTheRfc() throws WebSocketException {
		read(new byte[] { (byte) 0x81, (byte) 0x85, 0x37, (byte) 0xFA, 0x21, 0x3D, 0x7F, (byte) 0x9F, 0x4D, 0x51,
				0x58 });
		assertThat(this.recorder.heard).containsExactly("text Hello");
	}

	@Test
	void joinsFragmentsWithControlFramesBetweenThem() throws WebSocketException {
		byte[] word = "wörter".getBytes(StandardCharsets.UTF_8);
		read(ClientFrames.frame(ClientFrames.TEXT, Arrays.copyOf(word, 2)));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.PING, "one"));
		read(ClientFrames.frame(ClientFrames.CONTINUATION));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.PONG, "ignored"));
		read(ClientFrames.frame(ClientFrames.CONTINUATION, Arrays.copyOfRange(word, 2, 4)));
		assertThat(this.recorder.heard).containsExactly("ping one");
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.CONTINUATION, Arrays.copyOfRange(word, 4, 7)));
		read(ClientFrames.text("next"));
		assertThat(this.recorder.heard).containsExactly("ping one", "text wörter", "text next");
	}

	@Test
	void readsBinaryMessagesWholeOrInFragments() throws WebSocketException {
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.BINARY, (byte) 0xFF, (byte) 0xC3));
		read(ClientFrames.frame(ClientFrames.BINARY, (byte) 0xC3));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.PING, "one"));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.CONTINUATION, (byte) 0x28));
		read(ClientFrames.text("next"));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.BINARY));
		assertThat(this.recorder.heard).containsExactly("binary ffc3", "ping one", "binary c328", "text next",
				"binary ");
	}

	@Test
	void passesOnPingsAndCloses() throws WebSocketException {
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.PING));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.PING, "p".repeat(125)));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.CLOSE));
		read(ClientFrames.frame(ClientFrames.FINAL | ClientFrames.CLOSE, close(1000, "bye")));
		assertThat(this.recorder.heard).containsExactly("ping ", "ping " + "p".repeat(125), "close", "close");
	}

	@Test
	void anySplitOfTheStreamGivesTheSameMessages() throws WebSocketException {
		byte[] stream = stream();
		read(stream);
		List<String> whole = List.copyOf(this.recorder.heard);
		assertThat(whole).hasSize(6);
		for (int first = 0; first <= stream.length; first++) {
			assertThat(split(stream, first)).as("split at %d", first).isEqualTo(whole);
			for (int second = first; second <= stream.length; second += 7) {
				assertThat(split(stream, first, second)).as("split at %d, %d", first, second).isEqualTo(whole);
			}
		}
		for (int size = 1; size < 40; size++) {
			int each = size;
			int[] points = new int[stream.length / each];
			Arrays.setAll(points, (i) -> (i + 1) * each);
			assertThat(split(stream, points)).as("parts of %d", each).isEqualTo(whole);
		}
	}

	@Test
	void messageHasItsOwnArrayAndTheBufferCanBeReused() throws WebSocketException {
		ByteBuffer buffer = ByteBuffer.allocate(64);
		byte[] two = ClientFrames.join(ClientFrames.text("first"), ClientFrames.text("second"));
		this.reader.read(buffer.put(two, 0, two.length - 3).flip());
		assertThat(buffer.hasRemaining()).as("all is read").isFalse();
		Arrays.fill(buffer.array(), (byte) 0x7F);
		this.reader.read(buffer.clear().put(two, two.length - 3, 3).flip());
		assertThat(this.recorder.heard).containsExactly("text first", "text second");
		assertThat(this.recorder.texts).allSatisfy((text) -> {
			assertThat(text.hasArray()).isTrue();
			assertThat(text.array()).isNotSameAs(buffer.array());
		});
	}

	@Test
	void keepsOnlyAnIncompleteFrameOfALongStream() throws WebSocketException {
		byte[] frame = ClientFrames.text("x".repeat(93));
		assertThat(frame).hasSize(99);
		// chunks that never end at the end of a frame, like those of a busy client
		byte[] chunk = ClientFrames.join(Arrays.copyOfRange(frame, 50, 99), frame, frame, Arrays.copyOf(frame, 50));
		read(Arrays.copyOf(frame, 50));
		for (int i = 0; i < 20_000; i++) {
			read(chunk);
			this.recorder.texts.clear();
			this.recorder.heard.clear();
		}
		ByteBuffer kept = (ByteBuffer) ReflectionTestUtils.getField(this.reader, "unfinished");
		assertThat(Objects.requireNonNull(kept).capacity()).isLessThan(10 * chunk.length);
	}

	@Test
	void keepsNothingBetweenMessages() throws WebSocketException {
		read(Arrays.copyOf(ClientFrames.text("hello"), 3));
		assertThat(ReflectionTestUtils.getField(this.reader, "unfinished")).isNotNull();
		read(Arrays.copyOfRange(ClientFrames.text("hello"), 3, 11));
		assertThat(ReflectionTestUtils.getField(this.reader, "unfinished")).isNull();
		assertThat(ReflectionTestUtils.getField(this.reader, "fragments")).isNull();
	}

	@Test
	void randomBytesAreReadOrRefused() {
		Random random = new Random(42);
		int refused = 0;
		for (int round = 0; round < 20_000; round++) {
			refused += feed(random, new WebSocketReader(new Recorder(), 500)) ? 1 : 0;
		}
		assertThat(refused).isBetween(10_000, 20_000);
	}

	private static boolean feed(Random random, WebSocketReader fed) {
		byte[] bytes = new byte[random.nextInt(300)];
		random.nextBytes(bytes);
		if (bytes.length > 1 && random.nextBoolean()) {
			bytes[0] &= (byte) 0x8F;
			bytes[1] |= (byte) 0x80;
		}
		try {
			for (int from = 0; from < bytes.length;) {
				int length = Math.min(1 + random.nextInt(50), bytes.length - from);
				fed.read(ByteBuffer.wrap(bytes, from, length).slice());
				from += length;
			}
			return false;
		}
		catch (WebSocketException ex) {
			return true;
		}
	}

	private static byte[] stream() {
		return ClientFrames.join(ClientFrames.text("äöü"), ClientFrames.text("x".repeat(130)),
				ClientFrames.frame(ClientFrames.TEXT, "frag"),
				ClientFrames.frame(ClientFrames.FINAL | ClientFrames.PING, "pong me"),
				ClientFrames.frame(ClientFrames.FINAL | ClientFrames.CONTINUATION, "ment"), ClientFrames.text(""),
				ClientFrames.frame(ClientFrames.FINAL | ClientFrames.CLOSE, close(1001, "")));
	}

	private static List<String> split(byte[] stream, int... points) throws WebSocketException {
		Recorder recorder = new Recorder();
		WebSocketReader reader = new WebSocketReader(recorder, LIMIT);
		int from = 0;
		for (int point : points) {
			reader.read(ByteBuffer.wrap(stream, from, point - from).slice());
			from = point;
		}
		reader.read(ByteBuffer.wrap(stream, from, stream.length - from).slice());
		return recorder.heard;
	}

	static byte[] close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
	}

	private void read(byte[] bytes) throws WebSocketException {
		this.reader.read(ByteBuffer.wrap(bytes));
	}

	/**
	 * Records the messages of a client.
	 */
	static final class Recorder implements WebSocketReader.Handler {

		final List<String> heard = new ArrayList<>();

		final List<ByteBuffer> texts = new ArrayList<>();

		@Override
		public void text(ByteBuffer text) {
			this.texts.add(text);
			this.heard.add("text " + StandardCharsets.UTF_8.decode(text.duplicate()));
		}

		@Override
		public void binary(ByteBuffer bytes) {
			this.heard.add("binary " + HexFormat.of().formatHex(bytes.array(), bytes.position(), bytes.limit()));
		}

		@Override
		public void ping(byte[] payload) {
			this.heard.add("ping " + new String(payload, StandardCharsets.UTF_8));
		}

		@Override
		public void close() {
			this.heard.add("close");
		}

	}

}
