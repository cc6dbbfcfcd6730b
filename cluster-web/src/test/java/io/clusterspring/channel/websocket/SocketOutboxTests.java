package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketOutbox}.
 */
@Timeout(60)
class SocketOutboxTests {

	private static final int CAPACITY = 10;

	private final ScriptedSocket socket = new ScriptedSocket();

	private final SocketOutbox outbox = new SocketOutbox(this.socket, CAPACITY);

	@Test
	void writesAtOnceIfTheSocketAcceptsIt() {
		assertThat(offer("a")).isTrue();
		assertThat(offer("b")).isTrue();
		assertThat(this.socket.writes).containsExactly("a", "b");
		assertThat(this.socket.asked).isZero();
		assertThat(this.outbox.size()).isZero();
		assertThat(this.outbox.isIdle()).isTrue();
	}

	@Test
	void writesNothingAfterAPartialWriteUntilTheSocketIsWritable() {
		this.socket.room = 2;
		offer("hello");
		assertThat(this.socket.written()).isEqualTo("he");
		assertThat(this.socket.asked).isEqualTo(1);
		assertThat(this.outbox.isIdle()).isFalse();
		this.socket.room = 100;
		offer("a");
		offer("b");
		assertThat(this.socket.written()).as("the socket was not reported as writable").isEqualTo("he");
		assertThat(this.socket.asked).isEqualTo(1);
		assertThat(this.outbox.size()).isEqualTo(5);
		this.outbox.writable();
		assertThat(this.socket.written()).isEqualTo("helloab");
		assertThat(this.outbox.size()).isZero();
		assertThat(this.outbox.isIdle()).isTrue();
	}

	@Test
	void waitsAgainAfterEachPartialWrite() {
		this.socket.room = 1;
		offer("abc");
		this.socket.room = 1;
		this.outbox.writable();
		assertThat(this.socket.asked).isEqualTo(2);
		this.socket.room = 1;
		this.outbox.writable();
		assertThat(this.socket.asked).isEqualTo(2);
		assertThat(this.socket.writes).containsExactly("a", "b", "c");
	}

	@Test
	void socketThatBecomesWritableDuringTheRequestIsNotMissed() {
		this.socket.room = 2;
		this.socket.whileAsking = () -> {
			this.socket.room = 100;
			Thread poller = new Thread(this.outbox::writable);
			poller.start();
			join(poller);
		};
		offer("hello");
		assertThat(this.socket.written()).isEqualTo("hello");
		assertThat(this.outbox.isIdle()).isTrue();
	}

	@Test
	void waitingFramesAreWrittenTogether() {
		block();
		offer("a");
		offer("b");
		offer("c");
		this.socket.room = 100;
		this.outbox.writable();
		assertThat(this.socket.writes).containsExactly("!", "abc");
	}

	@Test
	void sizeOfAWriteIsLimited() {
		SocketOutbox large = new SocketOutbox(this.socket, 10_000_000);
		this.socket.room = 0;
		large.offer(bytes("!"));
		IntStream.range(0, 100).forEach((i) -> large.offer(bytes("x".repeat(20_000))));
		this.socket.room = 1;
		large.writable();
		assertThat(this.socket.offered).isBetween(20_000, 100_000);
		assertThat(large.size()).isEqualTo(2_000_000);
	}

	@Test
	void refusesFramesAboveItsCapacityUntilSomeWereWritten() {
		block();
		assertThat(offer("123456789")).isTrue();
		assertThat(offer("x")).isFalse();
		assertThat(this.outbox.size()).isEqualTo(10);
		this.socket.room = 100;
		this.outbox.writable();
		assertThat(offer("y")).isTrue();
		assertThat(this.socket.written()).isEqualTo("!123456789y");
	}

	@Test
	void acceptsASingleFrameThatIsLargerThanItsCapacity() {
		String large = "x".repeat(100);
		this.socket.room = 0;
		assertThat(offer(large)).isTrue();
		assertThat(offer("x")).isFalse();
		this.socket.room = 1000;
		this.outbox.writable();
		assertThat(this.socket.written()).isEqualTo(large);
		assertThat(offer(large)).isTrue();
	}

	@Test
	void acceptsTheLastBytesAboveTheLimit() {
		block();
		offer("123456789");
		this.outbox.offerLast(bytes("bye"));
		assertThat(this.outbox.size()).isEqualTo(13);
		this.socket.room = 100;
		this.outbox.writable();
		assertThat(this.socket.written()).isEqualTo("!123456789bye");
	}

	@Test
	void replacesWaitingFramesButNotAStartedOne() {
		this.socket.room = 2;
		offer("begun");
		offer("lost");
		offer("too");
		this.outbox.replaceBy(bytes("bye"));
		assertThat(this.outbox.size()).isEqualTo(6);
		this.socket.room = 100;
		this.outbox.writable();
		assertThat(this.socket.written()).isEqualTo("begunbye");
		assertThat(this.outbox.size()).isZero();
	}

	@Test
	void knowsHowLongTheOldestBytesHaveBeenWaiting() {
		offer("gone at once");
		assertThat(this.outbox.age(1000)).isZero();
		this.socket.room = 2;
		offer("hello");
		assertThat(this.outbox.age(2000)).isZero();
		assertThat(this.outbox.age(2700)).isEqualTo(700);
		offer("later");
		this.socket.room = 1;
		this.outbox.writable();
		assertThat(this.outbox.age(2900)).as("not all bytes of the last check were written").isEqualTo(900);
		this.socket.room = 100;
		this.outbox.writable();
		assertThat(this.outbox.age(3000)).isZero();
		this.socket.room = 0;
		offer("x");
		assertThat(this.outbox.age(3500)).isZero();
		assertThat(this.outbox.age(3600)).isEqualTo(100);
	}

	@Test
	void waitsForBytesThatTheSocketHasBuffered() {
		this.socket.keepsSome = true;
		offer("a");
		assertThat(this.outbox.size()).isZero();
		assertThat(this.outbox.isIdle()).isFalse();
		assertThat(this.socket.asked).isEqualTo(1);
		offer("b");
		assertThat(this.socket.written()).isEqualTo("a");
		this.outbox.writable();
		assertThat(this.socket.asked).isEqualTo(2);
		this.socket.keepsSome = false;
		this.outbox.writable();
		assertThat(this.socket.written()).isEqualTo("ab");
		assertThat(this.outbox.isIdle()).isTrue();
	}

	@Test
	void reportsASocketThatFailsToWrite() {
		this.socket.failure = new IOException("broken pipe");
		offer("a");
		assertThat(this.socket.failures).containsExactly(this.socket.failure);
		assertThat(this.socket.written()).isEmpty();
	}

	@Test
	void threadThatFindsAnotherOneWritingDoesNotWait() {
		Thread other = new Thread(() -> offer("b"));
		this.socket.duringFirstWrite = () -> {
			other.start();
			join(other);
		};
		offer("a");
		assertThat(other.isAlive()).isFalse();
		assertThat(this.socket.writes).as("the writing thread writes it, too").containsExactly("a", "b");
	}

	@Test
	void keepsTheOrderOfEachThread() throws InterruptedException {
		int threads = 4;
		int count = 5000;
		SocketOutbox busy = new SocketOutbox(this.socket, Integer.MAX_VALUE);
		AtomicInteger running = new AtomicInteger(threads);
		this.socket.room = 0;
		List<Thread> all = new ArrayList<>();
		for (int thread = 0; thread < threads; thread++) {
			String name = (char) ('a' + thread) + "";
			all.add(new Thread(() -> {
				IntStream.range(0, count).forEach((i) -> busy.offer(bytes(name + i + ";")));
				running.decrementAndGet();
			}));
		}
		all.forEach(Thread::start);
		while (running.get() > 0 || !busy.isIdle()) {
			this.socket.room = 777;
			busy.writable();
		}
		for (Thread thread : all) {
			thread.join();
		}
		List<String> written = List.of(this.socket.written().split(";"));
		for (int thread = 0; thread < threads; thread++) {
			String name = (char) ('a' + thread) + "";
			assertThat(written).filteredOn((text) -> text.startsWith(name))
				.isEqualTo(IntStream.range(0, count).mapToObj((i) -> name + i).toList());
		}
		assertThat(written).hasSize(threads * count);
		assertThat(this.socket.overlapped).isFalse();
		assertThat(busy.size()).isZero();
	}

	/**
	 * Block the socket with one byte that it does not write.
	 */
	private void block() {
		this.socket.room = 0;
		offer("!");
		assertThat(this.outbox.size()).isEqualTo(1);
	}

	private boolean offer(String text) {
		return this.outbox.offer(bytes(text));
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
