package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Delta;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.presence.PresenceMessage.Write;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the frames of presence: release 0.1.0 writes and reads the same bytes.
 */
class PresenceWireTests {

	private static final Node NODE = Node.of("n1@127.0.0.1");

	private static final PresenceOrigin ORIGIN = new PresenceOrigin(NODE, 0x8000000000000001L, PresenceNode.CODEC);

	@Test
	void framesAreThoseOfTheFirstRelease() {
		PresenceMeta one = new PresenceMeta(ORIGIN, 8, 0, "töpic", "", "{}".getBytes());
		PresenceMeta two = new PresenceMeta(ORIGIN, 10, 8, "töpic", "k€y", "{\"a\":1}".getBytes());
		PresenceMeta three = new PresenceMeta(ORIGIN, 300, 0, "other", "u", "{}".getBytes());
		Map<String, PresenceMessage> frames = new LinkedHashMap<>();
		frames.put("beat", new Beat(-5, 1L << 40));
		frames.put("ask", new Ask(Long.MIN_VALUE, 128));
		frames.put("page", new Page(7, ORIGIN.incarnation(), 300, false, List.of(one, two, three)));
		frames.put("page-with-more", new Page(7, ORIGIN.incarnation(), 12, true, List.of(one)));
		frames.put("empty-page", new Page(7, ORIGIN.incarnation(), 0, false, List.of()));
		frames.put("delta",
				new Delta(ORIGIN.incarnation(), 7, List.of(Write.put(one), Write.remove(3), Write.put(two))));
		RecordedFrames.check(FrameKind.PRESENCE, frames, PresenceCodec::write, PresenceWireTests::read);
		RecordedFrames.checkExtended(FrameKind.PRESENCE, PresenceCodec::write, PresenceWireTests::read);
	}

	@Test
	void fieldsOfALaterReleaseAreSkipped() {
		byte[] frame = new FrameWriter(FrameKind.PRESENCE).octet(3)
			.longNumber(7)
			.longNumber(ORIGIN.incarnation())
			.number(9)
			.records(List.of(8, 9),
					(to, id) -> to.number(id)
						.number(0)
						.number((id == 8) ? 0 : 1)
						.rest((id == 8) ? new byte[] { 1, 't' } : new byte[0])
						.text("key" + id)
						.bytes("{}".getBytes())
						.text("added"))
			.frame();
		assertThat(read(FrameKind.body(frame))).isEqualTo(new Page(7, ORIGIN.incarnation(), 9, false,
				List.of(new PresenceMeta(ORIGIN, 8, 0, "t", "key8", "{}".getBytes()),
						new PresenceMeta(ORIGIN, 9, 0, "t", "key9", "{}".getBytes()))));
	}

	private static PresenceMessage read(ByteBuffer body) {
		return new PresenceCodec((incarnation) -> new PresenceOrigin(NODE, incarnation, PresenceNode.CODEC),
				UnaryOperator.identity())
			.read(body);
	}

}
