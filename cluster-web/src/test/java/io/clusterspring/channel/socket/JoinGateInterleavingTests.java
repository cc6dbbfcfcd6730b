package io.clusterspring.channel.socket;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.interleaving.Interleavings;

/**
 * Tests for {@link JoinGate} with all interleavings of its threads.
 */
class JoinGateInterleavingTests {

	private static final SocketFrame FIRST = SocketFrame.of(new byte[] { '1' });

	private static final SocketFrame SECOND = SocketFrame.of(new byte[] { '2' });

	@Test
	void framesSentWhileTheGateOpensAreSentOnceAndInOrder() {
		Interleavings.explore(() -> {
			Sent sent = new Sent();
			JoinGate gate = new JoinGate(sent);
			Interleavings.together(() -> {
				gate.send(FIRST);
				gate.send(SECOND);
			}, gate::open);
			Interleavings.check(sent.frames.equals(List.of(FIRST, SECOND)), "frames are lost or out of order");
		});
	}

	@Test
	void gateThatWasClosedBeforeItOpenedSendsNothing() {
		Interleavings.explore(() -> {
			Sent sent = new Sent();
			JoinGate gate = new JoinGate(sent);
			gate.close();
			Interleavings.together(() -> gate.send(FIRST), gate::open, () -> gate.send(SECOND));
			Interleavings.check(sent.frames.isEmpty(), "a frame was sent");
		});
	}

	@Test
	void framesStayInOrderWhenTheGateCloses() {
		Interleavings.explore(() -> {
			Sent sent = new Sent();
			JoinGate gate = new JoinGate(sent);
			Interleavings.together(() -> {
				gate.send(FIRST);
				gate.send(SECOND);
			}, gate::open, gate::close);
			Interleavings.check(sent.frames.equals(List.of(FIRST, SECOND).subList(0, sent.frames.size())),
					"out of order");
			int before = sent.frames.size();
			gate.send(FIRST);
			Interleavings.check(sent.frames.size() == before, "a closed gate sends a frame");
		});
	}

	private static final class Sent implements SocketConnection {

		private final List<SocketFrame> frames = new ArrayList<>();

		@Override
		public String id() {
			return "test";
		}

		@Override
		public synchronized void send(SocketFrame frame) {
			this.frames.add(frame);
		}

		@Override
		public void close(int code) {
		}

	}

}
