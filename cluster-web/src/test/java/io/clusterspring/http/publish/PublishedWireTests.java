package io.clusterspring.http.publish;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.history.MessagePosition;
import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.RecordedFrames;

/**
 * Tests for the frames about handled requests: release 0.1.0 writes and reads the same
 * bytes.
 */
class PublishedWireTests {

	private static final long NOW = TimeUnit.DAYS.toNanos(3);

	@Test
	void framesAreThoseOfTheFirstRelease() {
		Map<String, List<Handled>> frames = frames();
		RecordedFrames.check(FrameKind.PUBLISHED, frames, PublishedWireTests::write, PublishedWireTests::read);
		RecordedFrames.checkExtended(FrameKind.PUBLISHED, PublishedWireTests::write, PublishedWireTests::read);
	}

	@Test
	void malformedFramesAreRefused() {
		FrameFuzz.fuzz(PublishedWireTests::read,
				frames().values().stream().map(PublishedWireTests::write).toArray(byte[][]::new));
	}

	private static Map<String, List<Handled>> frames() {
		RequestKey key = new RequestKey(-2, Long.MIN_VALUE);
		Handled kept = new Handled(key, new RequestKey(1, 2), 3, new MessagePosition(0xFFFF_FFFF_FFFFL, 300),
				NOW - TimeUnit.MILLISECONDS.toNanos(70_000));
		Map<String, List<Handled>> frames = new LinkedHashMap<>();
		frames.put("kept", List.of(kept));
		frames.put("two", List.of(new Handled(new RequestKey(5, 6), new RequestKey(0, -1), 1, null, NOW), kept));
		return frames;
	}

	private static byte[] write(List<Handled> requests) {
		return PublishedFrame.encode(requests, NOW);
	}

	private static List<Handled> read(ByteBuffer body) {
		return PublishedFrame.decode(body, NOW);
	}

}
