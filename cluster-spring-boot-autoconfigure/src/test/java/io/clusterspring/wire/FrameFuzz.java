package io.clusterspring.wire;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds a decoder with what no decoder should be fed with: it takes it, or throws a
 * {@link MalformedFrameException}, and allocates no more than a multiple of the frame.
 * The seeds are fixed but for one, which the failure tells.
 */
public final class FrameFuzz {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int ROUNDS = 5_000;

	private static final long PER_BYTE = 2_000;

	private static final long AT_LEAST = 1024 * 1024;

	private final Consumer<ByteBuffer> decoder;

	private final List<byte[]> bodies;

	private FrameFuzz(Consumer<ByteBuffer> decoder, List<byte[]> frames) {
		this.decoder = decoder;
		this.bodies = frames.stream()
			.map((frame) -> Arrays.copyOfRange(frame, FrameKind.HEADER, frame.length))
			.toList();
	}

	/**
	 * Fuzz a decoder.
	 * @param decoder reads a body
	 * @param frames valid frames, with their headers
	 */
	public static void fuzz(Consumer<ByteBuffer> decoder, byte[]... frames) {
		FrameFuzz fuzz = new FrameFuzz(decoder, List.of(frames));
		fuzz.bodies.forEach((body) -> decoder.accept(ByteBuffer.wrap(body)));
		fuzz.truncate();
		fuzz.lie();
		for (long seed : new long[] { 1, 2, System.nanoTime() }) {
			fuzz.random(new Random(seed), seed);
			fuzz.mutate(new Random(seed), seed);
		}
	}

	private void truncate() {
		for (byte[] body : this.bodies) {
			for (int length = 0; length < body.length; length++) {
				feed(Arrays.copyOf(body, length), 0);
			}
		}
	}

	/**
	 * Each length there is becomes the largest there can be.
	 */
	private void lie() {
		byte[] lie = HexFormat.of().parseHex("ffffffff07");
		for (byte[] body : this.bodies) {
			for (int i = 0; i < body.length; i++) {
				ByteBuffer lying = ByteBuffer.allocate(body.length + lie.length - 1);
				feed(lying.put(body, 0, i).put(lie).put(body, i + 1, body.length - i - 1).array(), 0);
			}
		}
	}

	private void random(Random random, long seed) {
		for (int i = 0; i < ROUNDS; i++) {
			byte[] bytes = new byte[random.nextInt(200)];
			random.nextBytes(bytes);
			if (bytes.length > 0) {
				bytes[0] = (byte) random.nextInt(6);
			}
			feed(bytes, seed);
		}
	}

	private void mutate(Random random, long seed) {
		for (int i = 0; i < ROUNDS; i++) {
			byte[] bytes = this.bodies.get(random.nextInt(this.bodies.size())).clone();
			for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
				bytes = changed(bytes, random);
			}
			feed(bytes, seed);
		}
	}

	private static byte[] changed(byte[] bytes, Random random) {
		int at = random.nextInt(bytes.length);
		int kind = random.nextInt(4);
		if (kind == 0) {
			return Arrays.copyOf(bytes, at);
		}
		if (kind == 1) {
			return doubled(bytes, at);
		}
		bytes[at] = (byte) ((kind == 2) ? random.nextInt() : bytes[at] ^ (1 << random.nextInt(8)));
		return bytes;
	}

	private static byte[] doubled(byte[] bytes, int at) {
		return ByteBuffer.allocate(bytes.length + bytes.length - at)
			.put(bytes)
			.put(bytes, at, bytes.length - at)
			.array();
	}

	private void feed(byte[] body, long seed) {
		long before = threads.getCurrentThreadAllocatedBytes();
		try {
			this.decoder.accept(ByteBuffer.wrap(body).asReadOnlyBuffer());
		}
		catch (MalformedFrameException ex) {
			// as it should
		}
		catch (Throwable ex) {
			throw new AssertionError("Seed " + seed + ": " + HexFormat.of().formatHex(body), ex);
		}
		long allocated = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).as("bytes allocated for %s", HexFormat.of().formatHex(body))
			.isLessThan(AT_LEAST + PER_BYTE * body.length);
	}

}
