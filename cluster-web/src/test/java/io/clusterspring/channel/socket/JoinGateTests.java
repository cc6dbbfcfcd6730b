package io.clusterspring.channel.socket;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.channel.protocol.SocketFrame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JoinGate}.
 */
class JoinGateTests {

	private final Connection connection = new Connection();

	private final JoinGate gate = new JoinGate(this.connection);

	@Test
	void holdsFramesUntilItOpensAndSendsThemInOrder() {
		send("a");
		send("b");
		assertThat(this.connection.sent).isEmpty();
		this.gate.open();
		assertThat(this.connection.sent).containsExactly("a", "b");
		send("c");
		assertThat(this.connection.sent).containsExactly("a", "b", "c");
	}

	@Test
	void dropsFramesAfterItHasClosed() {
		this.gate.open();
		send("a");
		this.gate.close();
		send("late");
		assertThat(this.connection.sent).containsExactly("a");
	}

	@Test
	void dropsHeldFramesIfItClosesWithoutOpening() {
		send("a");
		this.gate.close();
		send("b");
		assertThat(this.connection.sent).isEmpty();
	}

	@Test
	void doesNotOpenAgain() {
		send("a");
		this.gate.close();
		this.gate.open();
		send("b");
		assertThat(this.connection.sent).isEmpty();
	}

	@Test
	void opensOnce() {
		send("a");
		this.gate.open();
		this.gate.open();
		assertThat(this.connection.sent).containsExactly("a");
	}

	@Test
	void losesNothingAndKeepsTheOrderOfASenderWhileItOpens() throws InterruptedException {
		List<String> all = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
		for (int round = 0; round < 1000; round++) {
			Connection busy = new Connection();
			JoinGate opening = new JoinGate(busy);
			AtomicInteger sent = new AtomicInteger();
			Thread sender = new Thread(() -> all.forEach((text) -> {
				opening.send(frame(text));
				sent.incrementAndGet();
			}));
			sender.start();
			while (sent.get() < round % 100) {
				Thread.onSpinWait();
			}
			opening.open();
			sender.join();
			assertThat(busy.sent).containsExactlyElementsOf(all);
		}
	}

	private void send(String text) {
		this.gate.send(frame(text));
	}

	private static SocketFrame frame(String text) {
		return SocketFrame.of(text.getBytes(StandardCharsets.UTF_8));
	}

	private static final class Connection implements SocketConnection {

		private final Queue<String> sent = new ConcurrentLinkedQueue<>();

		@Override
		public String id() {
			return "test";
		}

		@Override
		public void send(SocketFrame frame) {
			frame.messages().forEach((message) -> this.sent.add(message.text()));
		}

		@Override
		public void close(int code) {
		}

	}

}
