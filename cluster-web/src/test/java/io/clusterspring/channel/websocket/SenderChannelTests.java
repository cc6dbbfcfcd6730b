package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.websocket.SpringSocketHandler.SenderChannel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SenderChannel} with an outbox.
 */
class SenderChannelTests {

	private final Sender sender = new Sender();

	private final List<Exception> failures = new ArrayList<>();

	private final SocketOutbox outbox = new SocketOutbox(
			new SenderChannel(this.sender, this::writable, this.failures::add), 1000);

	private void writable() {
		this.outbox.writable();
	}

	@Test
	void sendsOneFrameAfterTheOther() {
		offer("a");
		offer("b");
		offer("c");
		assertThat(this.sender.sent).containsExactly("a");
		this.sender.complete();
		assertThat(this.sender.sent).containsExactly("a", "b");
		this.sender.complete();
		this.sender.complete();
		assertThat(this.sender.sent).containsExactly("a", "b", "c");
		assertThat(this.outbox.isIdle()).isTrue();
	}

	@Test
	void bytesWaitUntilTheServerHasSentThem() {
		offer("abc");
		assertThat(this.outbox.size()).isEqualTo(5);
		this.outbox.age(0);
		assertThat(this.outbox.age(7)).isEqualTo(7);
		this.sender.complete();
		assertThat(this.outbox.size()).isZero();
	}

	@Test
	void continuesIfTheServerCompletesAtOnce() {
		this.sender.atOnce = true;
		for (int i = 0; i < 10_000; i++) {
			offer("x");
		}
		assertThat(this.sender.sent).hasSize(10_000);
		assertThat(this.outbox.isIdle()).isTrue();
	}

	@Test
	void continuesIfTheServerCompletesBeforeTheWait() {
		this.sender.completesOnReturn = true;
		SocketOutbox box = this.outbox;
		offer("a");
		offer("b");
		assertThat(this.sender.sent).containsExactly("a", "b");
		assertThat(box.isIdle()).isTrue();
	}

	@Test
	void failureIsReportedOnce() {
		offer("a");
		offer("b");
		SocketSender.Completion completion = this.sender.completion;
		assertThat(completion).isNotNull();
		completion.failed(new IllegalStateException("gone"));
		assertThat(this.failures).singleElement().satisfies((ex) -> assertThat(ex).hasRootCauseMessage("gone"));
		assertThat(this.sender.sent).containsExactly("a");
	}

	private void offer(String text) {
		this.outbox.offer(SocketFrame.of(text.getBytes(StandardCharsets.UTF_8)).wire());
	}

	/**
	 * Sends one frame at a time, when a test allows it.
	 */
	private static final class Sender implements SocketSender {

		final List<String> sent = new ArrayList<>();

		boolean atOnce;

		boolean completesOnReturn;

		@Nullable Completion completion;

		@Override
		public int send(ByteBuffer frames, Completion completion) {
			int start = frames.position();
			this.sent.add(StandardCharsets.UTF_8.decode(WireFrame.next(frames).payload()).toString());
			this.completion = completion;
			if (this.atOnce) {
				completion.sent();
			}
			else if (this.completesOnReturn) {
				Thread other = new Thread(completion::sent);
				other.start();
				try {
					other.join();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			return frames.position() - start;
		}

		void complete() {
			Completion present = this.completion;
			this.completion = null;
			assertThat(present).isNotNull();
			present.sent();
		}

		@Override
		public void abort() {
		}

	}

}
