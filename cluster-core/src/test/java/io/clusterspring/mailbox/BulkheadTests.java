package io.clusterspring.mailbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.mailbox.Bulkhead.Bulkheads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Bulkhead} and {@link Bulkheads}.
 */
class BulkheadTests {

	private final Queue<Runnable> turns = new ArrayDeque<>();

	private final List<String> ran = new ArrayList<>();

	private final Bulkhead handler = new Bulkhead("handler", 3);

	private final Bulkhead slow = new Bulkhead("slow", 2);

	private final Bulkhead other = new Bulkhead("other", 2);

	@Test
	void mailboxesBeyondTheLimitOfOneKindWaitAndOthersDoNot() {
		IntStream.range(0, 4).forEach((i) -> post(this.slow, "slow" + i));
		assertThat(this.turns).hasSize(2);
		assertThat(this.slow.waiting()).isEqualTo(2);
		assertThat(this.slow.longestWait()).isPositive();
		post(this.other, "other");
		assertThat(this.turns).hasSize(3);
		runAll();
		assertThat(this.ran).containsExactly("slow0", "slow1", "other", "slow2", "slow3");
		assertThat(this.slow.waiting()).isZero();
		assertThat(this.slow.longestWait()).isZero();
	}

	@Test
	void mailboxThatWaitsForOneHasNoRoomInTheOther() {
		IntStream.range(0, 20).forEach((i) -> post(this.slow, "slow" + i));
		post(this.other, "other0");
		assertThat(this.turns).as("two slow ones, and room for another").hasSize(3);
		post(this.other, "other1");
		assertThat(this.handler.waiting()).isOne();
		this.turns.remove().run();
		assertThat(this.ran).containsExactly("slow0");
		assertThat(this.turns).hasSize(3);
		runAll();
		assertThat(this.ran).hasSize(22);
	}

	@Test
	void tasksOfOneMailboxStayInOrder() {
		Mailbox first = mailbox(this.slow);
		Mailbox second = mailbox(this.slow);
		Mailbox third = mailbox(this.slow);
		for (int i = 0; i < 300; i++) {
			int task = i;
			List.of(first, second, third).forEach((mailbox) -> mailbox.post(() -> this.ran.add("" + task)));
		}
		runAll();
		assertThat(this.ran).hasSize(900);
		assertThat(List.of(first, second, third)).allSatisfy((mailbox) -> assertThat(mailbox.size()).isZero());
	}

	@Test
	void mailboxThatIsSuspendedGivesItsRoomBack() {
		Mailbox waiting = mailbox(new Bulkhead("one", 1), this.handler);
		Suspension[] suspension = new Suspension[1];
		IntStream.range(0, 3).forEach((i) -> {
			Mailbox mailbox = mailbox(this.slow);
			mailbox.post(() -> suspension[0] = mailbox.suspend());
		});
		waiting.post(() -> this.ran.add("waiting"));
		runAll();
		assertThat(this.ran).containsExactly("waiting");
		suspension[0].resume(() -> this.ran.add("resumed"));
		runAll();
		assertThat(this.ran).containsExactly("waiting", "resumed");
	}

	@Test
	void executorThatFailsLeavesNoRoomTaken() {
		boolean[] failing = { true };
		List<Mailbox> mailboxes = IntStream.range(0, 5000).mapToObj((i) -> new Mailbox((turn) -> {
			if (failing[0]) {
				throw new RejectedExecutionException("busy");
			}
			turn.run();
		}, 10, new Bulkheads(this.slow, this.handler))).toList();
		mailboxes.forEach((mailbox) -> mailbox.post(() -> {
		}));
		failing[0] = false;
		await().until(() -> mailboxes.stream().allMatch((mailbox) -> mailbox.size() == 0));
		assertThat(this.slow.waiting()).isZero();
		post(this.slow, "runs");
		runAll();
		assertThat(this.ran).containsExactly("runs");
	}

	@Test
	void neverMoreThanTheLimitsRunAndNobodyIsForgotten() throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<Bulkhead> sockets = List.of(this.slow, this.other, new Bulkhead("third", 1));
		int count = 30;
		int tasks = 500;
		CountDownLatch done = new CountDownLatch(count * tasks);
		List<Mailbox> mailboxes = IntStream.range(0, count)
			.mapToObj((i) -> new Mailbox(threads, tasks, new Bulkheads(sockets.get(i % 3), this.handler)))
			.toList();
		IntStream.range(0, 3).mapToObj((poster) -> new Thread(() -> {
			for (int i = 0; i < count * tasks; i++) {
				if (i % 3 == poster) {
					mailboxes.get(i % count).postAlways(() -> {
						most.accumulateAndGet(running.incrementAndGet(), Math::max);
						running.decrementAndGet();
						done.countDown();
					});
				}
			}
		})).forEach(Thread::start);
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(most.get()).isBetween(1, 3);
	}

	@Test
	void needsRoom() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Bulkhead("none", 0));
	}

	private void post(Bulkhead socket, String task) {
		mailbox(socket).post(() -> this.ran.add(task));
	}

	private Mailbox mailbox(Bulkhead socket) {
		return mailbox(socket, this.handler);
	}

	private Mailbox mailbox(Bulkhead socket, Bulkhead handler) {
		return new Mailbox(this.turns::add, 1000, new Bulkheads(socket, handler));
	}

	private void runAll() {
		for (Runnable turn = this.turns.poll(); turn != null; turn = this.turns.poll()) {
			turn.run();
		}
	}

}
