package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.clusterspring.fuzz.DecoderFuzz;

/**
 * Fuzzes decoders of frames, see {@link DecoderFuzz}.
 */
public final class FrameFuzz {

	private FrameFuzz() {
	}

	/**
	 * Fuzz a decoder.
	 * @param decoder reads a body
	 * @param frames valid frames, with their headers
	 */
	public static void fuzz(Consumer<ByteBuffer> decoder, byte[]... frames) {
		DecoderFuzz.fuzz(
				Stream.of(frames).map((frame) -> Arrays.copyOfRange(frame, FrameKind.HEADER, frame.length)).toList(),
				MalformedFrameException.class, (body) -> {
					decoder.accept(body.asReadOnlyBuffer());
					return () -> {
					};
				});
	}

}
