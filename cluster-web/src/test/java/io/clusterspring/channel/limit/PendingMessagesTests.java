package io.clusterspring.channel.limit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.mailbox.Mailbox;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingMessages} and {@link PendingMessages.Abandoned}.
 */
class PendingMessagesTests {

	private static final int MOST = 10_000;

	private final PendingMessages.Abandoned abandoned = new PendingMessages.Abandoned(MOST);

	private final PendingMessages pending = new PendingMessages(MOST, this.abandoned);

	private final Queue<Runnable> turns = new ArrayDeque<>();

	private final Mailbox mailbox = new Mailbox(this.turns::add, 5);

	private final List<String> handled = new ArrayList<>();

	@Test
	void acceptsMessagesUpToTheLimitAndAgainWhenSomeWereHandled() {
		int half = 5000 - PendingMessages.OVERHEAD;
		PendingMessages.Task<String> first = enter(half);
		assertThat(first).isNotNull();
		assertThat(enter(half)).isNotNull();
		assertThat(enter(0)).isNull();
		first.run();
		assertThat(enter(5000)).isNull();
		assertThat(enter(half)).isNotNull();
		assertThat(this.pending.size()).isEqualTo(MOST);
	}

	@Test
	void acceptsAnySizeWhenNothingWaits() {
		PendingMessages.Task<String> large = enter(1_000_000);
		assertThat(large).isNotNull();
		assertThat(enter(0)).isNull();
		large.discard();
		assertThat(this.pending.size()).isZero();
		assertThat(enter(0)).isNotNull();
	}

	@Test
	void emptyMessagesAreCounted() {
		int taken = 0;
		while (enter(0) != null) {
			taken++;
		}
		assertThat(taken).isEqualTo(9);
	}

	@Test
	void readingAPayloadDoesNotChangeItsSize() {
		ByteBuffer content = ByteBuffer.allocate(500);
		PendingMessages.Task<String> task = this.pending.enter("m", content, this.handled::add);
		content.get(new byte[new Random(1).nextInt(500)]);
		task.run();
		assertThat(this.pending.size()).isZero();
	}

	@Test
	void messageIsSubtractedOnceWhenHandledOrDiscarded() {
		PendingMessages.Task<String> task = enter(0);
		enter(100);
		task.run();
		task.discard();
		task.run();
		assertThat(this.handled).hasSize(1);
		PendingMessages.Task<String> other = enter(0);
		other.discard();
		other.run();
		assertThat(this.handled).hasSize(1);
		assertThat(this.pending.size()).isEqualTo(PendingMessages.OVERHEAD + 100);
	}

	@Test
	void messageIsSubtractedIfItsHandlerFails() {
		this.pending.post(this.mailbox, "m", ByteBuffer.allocate(0), (message) -> {
			throw new IllegalStateException("broken");
		});
		this.turns.remove().run();
		assertThat(this.pending.size()).isZero();
	}

	@Test
	void messageForAFullMailboxIsNotCounted() {
		for (int i = 0; i < 5; i++) {
			assertThat(post("m" + i)).isNull();
		}
		assertThat(post("m5")).isEqualTo(ChannelLimit.MAILBOX_CAPACITY);
		assertThat(this.pending.size()).isEqualTo(5 * PendingMessages.OVERHEAD);
		this.turns.remove().run();
		assertThat(this.handled).containsExactly("m0", "m1", "m2", "m3", "m4");
		assertThat(this.pending.size()).isZero();
	}

	@Test
	void closedSocketKeepsItsWaitingMessagesAndAcceptsNoMore() {
		post("m0");
		post("m1");
		assertThat(this.pending.close()).isFalse();
		assertThat(post("m2")).isEqualTo(ChannelLimit.MAX_PENDING_SIZE);
		assertThat(this.abandoned.size()).isEqualTo(2 * PendingMessages.OVERHEAD);
		assertThat(this.pending.close()).as("once more").isFalse();
		assertThat(this.abandoned.size()).isEqualTo(2 * PendingMessages.OVERHEAD);
		this.turns.remove().run();
		assertThat(this.handled).containsExactly("m0", "m1");
		assertThat(this.abandoned.size()).isZero();
		assertThat(this.pending.size()).isZero();
	}

	@Test
	void closedSocketDiscardsItsMessagesIfTooMuchWaits() {
		this.abandoned.add((long) PendingMessages.Abandoned.SOCKETS * MOST);
		post("m0");
		post("m1");
		assertThat(this.pending.close()).isTrue();
		assertThat(PendingMessages.discard(this.mailbox)).isTrue();
		assertThat(this.abandoned.size()).isEqualTo((long) PendingMessages.Abandoned.SOCKETS * MOST);
		this.mailbox.postAlways(() -> this.handled.add("end"));
		this.turns.remove().run();
		assertThat(this.handled).containsExactly("end");
		assertThat(new PendingMessages(MOST, this.abandoned).close()).as("a socket without waiting messages").isFalse();
	}

	@Test
	void messageThatIsPostedWhileTheSocketClosesIsDiscardedAsWell() {
		this.abandoned.add((long) PendingMessages.Abandoned.SOCKETS * MOST);
		PendingMessages.Task<String> task = enter(0);
		assertThat(this.pending.close()).isTrue();
		PendingMessages.discard(this.mailbox);
		this.mailbox.postAlways(task);
		this.pending.posted(task);
		assertThat(this.pending.size()).isZero();
		this.turns.remove().run();
		assertThat(this.handled).isEmpty();
	}

	@Test
	void countsAreExactWhenThreadsPostAndHandleWhileSocketsClose() throws InterruptedException {
		for (int round = 0; round < 500; round++) {
			PendingMessages raced = new PendingMessages(MOST, this.abandoned);
			List<PendingMessages.Task<String>> tasks = IntStream.range(0, 4)
				.mapToObj((i) -> raced.enter("m", ByteBuffer.allocate(i), (message) -> {
				}))
				.toList();
			CountDownLatch done = new CountDownLatch(3);
			AtomicInteger running = new AtomicInteger();
			start(done, running, () -> tasks.forEach(PendingMessages.Task::run));
			start(done, running, () -> tasks.forEach(PendingMessages.Task::discard));
			start(done, running, raced::close);
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(raced.size()).isZero();
			assertThat(this.abandoned.size()).isZero();
		}
	}

	private static void start(CountDownLatch done, AtomicInteger running, Runnable action) {
		new Thread(() -> {
			running.incrementAndGet();
			while (running.get() < 3) {
				Thread.onSpinWait();
			}
			action.run();
			done.countDown();
		}).start();
	}

	private PendingMessages.Task<String> enter(int size) {
		return this.pending.enter("m", ByteBuffer.allocate(size), this.handled::add);
	}

	private ChannelLimit post(String message) {
		return this.pending.post(this.mailbox, message, ByteBuffer.allocate(0), this.handled::add);
	}

}
