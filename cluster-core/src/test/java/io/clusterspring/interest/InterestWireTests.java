package io.clusterspring.interest;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;
import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;
import io.clusterspring.wire.MalformedFrameException.UnknownFrameException;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the bytes of {@link InterestMessage}s.
 */
class InterestWireTests {

	private static final Interest NEWS = new Interest(true, 3, "news");

	private static final Interest ROOM = new Interest(true, 300, "room:späße");

	private final Map<String, InterestMessage> frames = new LinkedHashMap<>();

	InterestWireTests() {
		this.frames.put("changes", new InterestMessage.Changed(
				new Changes<>(-2, 7, 10, List.of(NEWS, new Interest(false, 2, "old"), new Interest(true, 4, "")))));
		this.frames.put("ask", new InterestMessage.Ask(new Request(-3, 300)));
		this.frames.put("page",
				new InterestMessage.Page(new StatePart<>(-3, -2, 10, StatePart.ALL, List.of(NEWS, ROOM))));
		this.frames.put("empty-page", new InterestMessage.Page(new StatePart<>(-3, -2, 0, StatePart.ALL, List.of())));
		this.frames.put("page-with-more",
				new InterestMessage.Page(new StatePart<>(-3, -2, 10, 300, List.of(NEWS, ROOM))));
		this.frames.put("ping", new InterestMessage.Ping(-2, 10, Long.MIN_VALUE));
		this.frames.put("pong", new InterestMessage.Pong(-2, 10, Long.MIN_VALUE));
		this.frames.put("acknowledgement", new InterestMessage.Acknowledgement(-2, 10));
	}

	@Test
	void framesAreAsRecorded() {
		RecordedFrames.check(FrameKind.INTEREST, this.frames, InterestMessage::encode, InterestMessage::decode);
	}

	@Test
	void laterFieldsAreSkipped() {
		RecordedFrames.checkExtended(FrameKind.INTEREST, InterestMessage::encode, InterestMessage::decode);
	}

	@Test
	void hostileFramesAreRefused() {
		FrameFuzz.fuzz(InterestMessage::decode,
				this.frames.values().stream().map(InterestMessage::encode).toArray(byte[][]::new));
	}

	@Test
	void pageThatIsNotInOrderIsRefused() {
		for (List<Interest> entries : List.of(List.of(ROOM, NEWS), List.of(NEWS, NEWS),
				List.of(new Interest(false, 1, "gone")), List.of(new Interest(true, 0, "zero")))) {
			byte[] frame = new InterestMessage.Page(new StatePart<>(1, 1, 1, StatePart.ALL, entries)).encode();
			assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> decode(frame));
		}
		byte[] endless = new InterestMessage.Page(new StatePart<>(1, 1, 1, 5, List.of())).encode();
		assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> decode(endless));
	}

	@Test
	void laterSortIsUnknown() {
		byte[] frame = new FrameWriter(FrameKind.INTEREST).octet(7).frame();
		assertThatExceptionOfType(UnknownFrameException.class).isThrownBy(() -> decode(frame));
	}

	private static InterestMessage decode(byte[] frame) {
		ByteBuffer body = FrameKind.body(frame);
		return InterestMessage.decode(body);
	}

}
