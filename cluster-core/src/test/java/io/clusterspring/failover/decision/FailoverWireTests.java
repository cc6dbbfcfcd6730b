package io.clusterspring.failover.decision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that frames about distributed applications are those of release 0.1.0.
 */
class FailoverWireTests {

	private static final Node N1 = Node.of("n1@[::1]");

	private static final ApplicationReport BARE = new ApplicationReport("b", "", Readiness.OFF, false, true, null, null,
			0, null, Pins.Pin.NONE, new Electorate(0, ""));

	@Test
	void framesAreThoseOfTheFirstRelease() {
		ApplicationReport full = new ApplicationReport("a", "anywhere", Readiness.FAILED, true, false,
				new Claim(4, 5, Claim.Stage.STOPPING, 6), new Vote(N1, 7, 8, 9), 10,
				new Succession.LastOwner(N1, 11, true), new Pins.Pin(N1, 12), new Electorate(2, "[" + N1 + "]"));
		Map<String, FailoverFrame> frames = new LinkedHashMap<>();
		frames.put("ask", new FailoverFrame.Ask(-1, 7));
		frames.put("state", new NodeReport(1, 2, 3, true, List.of(full, BARE)));
		frames.put("empty-state", new NodeReport(1, 1, 0, false, List.of()));
		frames.put("permit", new FailoverFrame.Permit("jöb", true));
		frames.put("forbid", new FailoverFrame.Permit("a", false));
		RecordedFrames.check(FrameKind.DISTRIBUTED, frames, FailoverFrame::encode, FailoverFrame::decode);
		RecordedFrames.checkExtended(FrameKind.DISTRIBUTED, FailoverFrame::encode, FailoverFrame::decode);
	}

	@Test
	void fieldsAndConstantsOfALaterReleaseDoNotMakeItsSenderSilent() {
		byte[] frame = new FrameWriter(FrameKind.DISTRIBUTED).octet(1)
			.longNumber(1)
			.longNumber(2)
			.longNumber(3)
			.flag(false)
			.records(List.of("b"), (to, name) -> application(to.text(name)))
			.text("added")
			.frame();
		ApplicationReport known = new ApplicationReport("b", "", Readiness.OFF, false, true,
				new Claim(4, 5, Claim.Stage.RUNNING, 6), null, 0, null, Pins.Pin.NONE, new Electorate(0, ""));
		assertThat(FailoverFrame.decode(FrameKind.body(frame)))
			.isEqualTo(new NodeReport(1, 2, 3, false, List.of(known)));
	}

	private static void application(FrameWriter to) {
		to.text("").octet(77).flag(false).flag(true);
		to.flag(true).longNumber(4).longNumber(5).octet(78).longNumber(6);
		to.text("").longNumber(0).text("").text("").longNumber(0).number(0).text("");
		to.text("added").longNumber(99);
	}

}
