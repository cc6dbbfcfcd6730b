package io.clusterspring.jgroups.frame;

import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.jgroups.Message;
import org.jgroups.MessageFactory;
import org.jgroups.Version;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames that nodes have sent, changed at random. The seed of a run that fails is in its
 * message; a frame that once passed and should not have belongs into the corpus.
 */
class FrameWallFuzzTests {

	private static final long FIXED_SEED = 42;

	private static final int ROUNDS = 60_000;

	private final FrameWall wall = WireSamples.wall();

	private final List<byte[]> corpus = corpus();

	@Test
	void recordedFramesPass() throws Exception {
		for (byte[] frame : this.corpus) {
			this.wall.check(frame, 0, frame.length);
		}
		assertThat(this.corpus).hasSizeGreaterThan(30);
	}

	@Test
	void whateverPassesIsReadByTheEngine() {
		fuzz(FIXED_SEED);
	}

	@Test
	void whateverPassesIsReadByTheEngineWithAnotherSeedEachTime() {
		fuzz(new Random().nextLong());
	}

	private void fuzz(long seed) {
		Random random = new Random(seed);
		int before = Marker.made.get();
		int passed = 0;
		for (int i = 0; i < ROUNDS; i++) {
			byte[] frame = changed(this.corpus.get(random.nextInt(this.corpus.size())), random);
			if (passes(frame)) {
				passed++;
				assertThat(frame).satisfies((bytes) -> read(bytes))
					.as("seed " + seed + ": " + HexFormat.of().formatHex(frame));
			}
		}
		assertThat(passed).as("of seed " + seed).isBetween(100, ROUNDS - 100);
		assertThat(Marker.made).hasValue(before);
	}

	private boolean passes(byte[] frame) {
		try {
			this.wall.check(frame, 0, frame.length);
			return true;
		}
		catch (RefusedFrameException ex) {
			return false;
		}
	}

	private static void read(byte[] frame) throws Exception {
		DataInput in = new ByteArrayDataInputStream(frame);
		if (!Version.isBinaryCompatible(in.readShort())) {
			return;
		}
		if ((in.readByte() & 1) != 0) {
			Util.readMessageBatch(in, false);
		}
		else {
			Message message = MessageFactory.create(in.readShort());
			message.readFrom(in);
			assertThat(message.getSrc()).isNotNull();
		}
	}

	private static byte[] changed(byte[] frame, Random random) {
		byte[] changed = (random.nextInt(10) == 0) ? Arrays.copyOf(frame, random.nextInt(frame.length + 8))
				: frame.clone();
		for (int i = random.nextInt(4); i >= 0 && changed.length > 3; i--) {
			int at = 2 + random.nextInt(changed.length - 2);
			change(changed, at, frame, random);
		}
		return changed;
	}

	private static void change(byte[] changed, int at, byte[] frame, Random random) {
		int kind = random.nextInt(4);
		if (kind == 0) {
			changed[at] = (byte) random.nextInt();
		}
		else if (kind == 1) {
			changed[at] ^= (byte) (1 << random.nextInt(8));
		}
		else if (kind == 2) {
			changed[at] = (byte) (random.nextBoolean() ? 0x7f : 0xff);
		}
		else {
			int length = Math.min(random.nextInt(30), Math.min(changed.length - at, frame.length - 1));
			System.arraycopy(frame, random.nextInt(frame.length - length), changed, at, length);
		}
	}

	private static List<byte[]> corpus() {
		List<byte[]> frames = new ArrayList<>();
		try (InputStream lines = FrameWallFuzzTests.class.getResourceAsStream("/jgroups/frames.txt")) {
			new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.US_ASCII).lines()
				.map(HexFormat.of()::parseHex)
				.forEach(frames::add);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		// they were recorded with another version of the engine, perhaps
		frames.forEach((frame) -> {
			frame[0] = (byte) (Version.version >> Byte.SIZE);
			frame[1] = (byte) Version.version;
		});
		FrameWallTests.whatNodesSend().map(Named::getPayload).forEach(frames::add);
		return frames;
	}

}
