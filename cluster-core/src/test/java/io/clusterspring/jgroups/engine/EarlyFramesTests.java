package io.clusterspring.jgroups.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.FrameRefusal;
import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.RefusedFrames;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EarlyFramesTests {

	private static final Address N1 = MemberAddress.newAddress(Node.of("n1@h"), 0);

	private static final Address N2 = MemberAddress.newAddress(Node.of("n2@h"), 1);

	private final List<String> passed = new ArrayList<>();

	private long now;

	private final RefusedFrames refused = new RefusedFrames();

	private final EarlyFrames frames = new EarlyFrames((frame) -> this.passed.add(new String(frame.getArray())),
			this.refused, () -> this.now);

	@Test
	void framesOfTheViewPass() {
		this.frames.admit(List.of(N1));
		say(N1, "a");
		assertThat(this.passed).containsExactly("a");
	}

	@Test
	void framesOfOthersWaitForAViewWithThemAndKeepTheirOrder() {
		this.frames.admit(List.of(N1));
		say(N2, "a");
		say(N2, "b");
		assertThat(this.passed).isEmpty();
		this.frames.retain(List.of(N1, N2));
		assertThat(this.passed).isEmpty();
		this.frames.admit(List.of(N1, N2));
		say(N2, "c");
		assertThat(this.passed).containsExactly("a", "b", "c");
	}

	@Test
	void framesFromOutsideTheViewAreNotTakenLater() {
		say(N2, "a");
		this.now = Duration.ofMillis(1001).toNanos();
		this.frames.admit(List.of(N2));
		assertThat(this.passed).isEmpty();
	}

	@Test
	void whatIsNotTakenIsCountedByItsReasonAndSaid(CapturedOutput output) {
		say(N2, "a");
		say(N2, "b");
		this.now = Duration.ofMillis(1001).toNanos();
		this.frames.pass(new BytesMessage(null, new byte[(int) EarlyFrames.CAPACITY]).setSrc(N2));
		say(N2, "c");
		this.frames.admit(List.of(N2));
		say(N2, "d");
		assertThat(this.refused.count(FrameRefusal.OUTSIDE)).isEqualTo(2);
		assertThat(this.refused.count(FrameRefusal.EARLY)).isOne();
		assertThat(output).contains("has sent: its sender is not in the view (held in vain for 1000 ms; 1 so far)",
				"(more than 4194304 bytes; 1 so far). That is so for a moment while nodes part");
		assertThat(output).doesNotContain("hostile");
	}

	@Test
	void framesOfOneThatLeftDoNotPassFromTheMomentItsViewEnds() {
		this.frames.admit(List.of(N1, N2));
		this.frames.retain(List.of(N1));
		say(N2, "a");
		this.frames.admit(List.of(N1));
		assertThat(this.passed).isEmpty();
	}

	@Test
	void framesOfStrangersTakeNoMoreMemoryThanTheyMay() {
		byte[] large = new byte[(int) EarlyFrames.CAPACITY / 2];
		for (int count = 0; count < 3; count++) {
			this.frames.pass(new BytesMessage(null, large).setSrc(N2));
		}
		this.frames.admit(List.of(N2));
		assertThat(this.passed).hasSize(2);
	}

	private void say(Address from, String text) {
		this.frames.pass(new BytesMessage(null, text.getBytes()).setSrc(from));
	}

}
