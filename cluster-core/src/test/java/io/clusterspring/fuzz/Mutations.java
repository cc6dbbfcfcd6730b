package io.clusterspring.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Makes new inputs of those there are.
 */
final class Mutations {

	private static final byte[] LIE = HexFormat.of().parseHex("ffffffff07");

	private final List<byte[]> samples;

	Mutations(List<byte[]> samples) {
		this.samples = samples;
	}

	/**
	 * Cut each input off, everywhere.
	 * @param to takes the inputs
	 */
	void truncated(Consumer<byte[]> to) {
		for (byte[] sample : this.samples) {
			for (int length = 0; length < sample.length; length++) {
				to.accept(Arrays.copyOf(sample, length));
			}
		}
	}

	/**
	 * Make of each length there may be the largest there can be.
	 * @param to takes the inputs
	 */
	void lying(Consumer<byte[]> to) {
		for (byte[] sample : this.samples) {
			for (int i = 0; i < sample.length; i++) {
				to.accept(replaced(sample, i, 1, LIE));
			}
		}
	}

	byte[] random(Random random) {
		byte[] bytes = new byte[random.nextInt(200)];
		random.nextBytes(bytes);
		if (bytes.length > 0 && random.nextBoolean()) {
			// a kind of message
			bytes[0] = (byte) random.nextInt(6);
		}
		return bytes;
	}

	byte[] mutated(Random random) {
		byte[] bytes = sample(random).clone();
		for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
			bytes = changed(bytes, random);
		}
		return bytes;
	}

	private byte[] changed(byte[] bytes, Random random) {
		int at = random.nextInt(bytes.length);
		return switch (random.nextInt(6)) {
			case 0 -> Arrays.copyOf(bytes, at);
			case 1 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, bytes.length));
			case 2 ->
				replaced(bytes, at, random.nextInt(Math.min(8, bytes.length - at)), piece(sample(random), random));
			case 3 -> replaced(bytes, at, random.nextInt(bytes.length - at), new byte[0]);
			case 4 -> replaced(bytes, at, 1, new byte[] { (byte) random.nextInt() });
			default -> replaced(bytes, at, 1, new byte[] { (byte) (bytes[at] ^ (1 << random.nextInt(8))) });
		};
	}

	private byte[] sample(Random random) {
		return this.samples.get(random.nextInt(this.samples.size()));
	}

	private static byte[] piece(byte[] bytes, Random random) {
		int from = random.nextInt(bytes.length + 1);
		return Arrays.copyOfRange(bytes, from, from + random.nextInt(Math.min(16, bytes.length - from) + 1));
	}

	private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
		return ByteBuffer.allocate(bytes.length - length + by.length)
			.put(bytes, 0, at)
			.put(by)
			.put(bytes, at + length, bytes.length - at - length)
			.array();
	}

}
