package io.clusterspring.fuzz;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Feeds a decoder with what no decoder should be fed with: it takes it, or throws the one
 * exception that says no, and allocates no more than a multiple of the input. The seeds
 * are fixed but for one, which the failure tells; {@code -Dfuzz.seconds} goes on with
 * more of them for so long.
 */
public final class DecoderFuzz {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 5_000);

	private static final long PER_BYTE = 2_000;

	private static final long AT_LEAST = 1024 * 1024;

	private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);

	private final Class<? extends Exception> refusal;

	private final Decoder decoder;

	private final Mutations mutations;

	private DecoderFuzz(List<byte[]> samples, Class<? extends Exception> refusal, Decoder decoder) {
		this.mutations = new Mutations(samples);
		this.refusal = refusal;
		this.decoder = decoder;
	}

	/**
	 * Fuzz a decoder.
	 * @param corpus the name of what it was fed with before
	 * @param refusal what it throws if it refuses its input
	 * @param decoder the decoder
	 */
	public static void fuzz(String corpus, Class<? extends Exception> refusal, Decoder decoder) {
		Corpus known = Corpus.read(corpus);
		List<byte[]> samples = new ArrayList<>(known.accepted());
		samples.addAll(known.refused());
		known.refused()
			.forEach((input) -> assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(input))).as(Corpus.line(input))
				.isInstanceOf(refusal));
		fuzz(known.accepted(), samples, refusal, decoder);
	}

	/**
	 * Fuzz a decoder.
	 * @param accepted inputs that it accepts
	 * @param refusal what it throws if it refuses its input
	 * @param decoder the decoder
	 */
	public static void fuzz(List<byte[]> accepted, Class<? extends Exception> refusal, Decoder decoder) {
		fuzz(accepted, accepted, refusal, decoder);
	}

	private static void fuzz(List<byte[]> accepted, List<byte[]> samples, Class<? extends Exception> refusal,
			Decoder decoder) {
		for (byte[] input : accepted) {
			try {
				decoder.decode(ByteBuffer.wrap(input)).run();
			}
			catch (Exception ex) {
				throw new AssertionError("It has to be accepted: " + Corpus.line(input), ex);
			}
		}
		DecoderFuzz fuzz = new DecoderFuzz(samples, refusal, decoder);
		fuzz.mutations.truncated((input) -> fuzz.feed(input, 0));
		fuzz.mutations.lying((input) -> fuzz.feed(input, 0));
		fuzz.feed(1);
		fuzz.feed(2);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		do {
			fuzz.feed(System.nanoTime());
		}
		while (System.nanoTime() < end);
	}

	private void feed(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < ROUNDS; i++) {
			feed(this.mutations.random(random), seed);
			feed(this.mutations.mutated(random), seed);
		}
	}

	private void feed(byte[] input, long seed) {
		long before = threads.getCurrentThreadAllocatedBytes();
		try {
			Runnable check = decode(input);
			long allocated = threads.getCurrentThreadAllocatedBytes() - before;
			assertThat(allocated).as("bytes allocated").isLessThan(AT_LEAST + PER_BYTE * input.length);
			check.run();
		}
		catch (Throwable ex) {
			throw new AssertionError("Seed " + seed + ", to be added to the corpus: " + Corpus.line(input), ex);
		}
	}

	private Runnable decode(byte[] input) throws Exception {
		try {
			return this.decoder.decode(ByteBuffer.wrap(input));
		}
		catch (Exception ex) {
			if (this.refusal.isInstance(ex)) {
				return () -> {
				};
			}
			throw ex;
		}
	}

	/**
	 * The decoder that is fuzzed.
	 */
	public interface Decoder {

		/**
		 * Decode an input.
		 * @param input the input, in an array of its own
		 * @return checks what came of it
		 * @throws Exception the one that says no
		 */
		Runnable decode(ByteBuffer input) throws Exception;

	}

}
