package io.clusterspring.failover.decision;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.MalformedFrameException.UnknownFrameException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FailoverFrameTests {

	private static final Node N1 = Node.of("n1@[::1]");

	private static final FailoverFrame FULL = new NodeReport(1, 2, 3, true,
			List.of(new ApplicationReport("a", "anywhere", Readiness.HANGING, true, false,
					new Claim(4, 5, Claim.Stage.STOPPING, 6), new Vote(N1, 7, 8, 9), 10,
					new Succession.LastOwner(N1, 11, true), new Pins.Pin(N1, 12), new Electorate(2, "[" + N1 + "]")),
					new ApplicationReport("b", "", Readiness.OFF, false, true, null, null, 0, null, Pins.Pin.NONE,
							new Electorate(0, ""))));

	@Test
	void framesCrossAsTheyAre() {
		for (FailoverFrame frame : List.of(FULL, new FailoverFrame.Ask(-1, 7), new FailoverFrame.Permit("a", true),
				new NodeReport(1, 1, 0, false, List.of()))) {
			assertThat(FailoverFrame.decode(FrameKind.body(frame.encode()))).isEqualTo(frame);
		}
	}

	@Test
	void truncatedAndUnknownFramesAreRefused() {
		byte[] bytes = FULL.encode();
		for (int length = FrameKind.HEADER; length < bytes.length; length++) {
			ByteBuffer cut = FrameKind.body(Arrays.copyOf(bytes, length));
			assertThatIllegalArgumentException().isThrownBy(() -> FailoverFrame.decode(cut));
		}
		assertThatExceptionOfType(UnknownFrameException.class)
			.isThrownBy(() -> FailoverFrame.decode(ByteBuffer.wrap(new byte[] { 9 })));
	}

	@Test
	void anyInputIsReadOrRefused() {
		FrameFuzz.fuzz(FailoverFrame::decode, FULL.encode(), new FailoverFrame.Ask(-1, 7).encode(),
				new FailoverFrame.Permit("a", true).encode());
	}

}
