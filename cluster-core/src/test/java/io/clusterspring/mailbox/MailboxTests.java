package io.clusterspring.mailbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Mailbox}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MailboxTests {

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final Queue<Runnable> turns = new ArrayDeque<>();

	private final List<Integer> ran = new ArrayList<>();

	@Test
	void runsTasksOneAtATimeAndKeepsTheOrderOfEachPostingThread() throws InterruptedException {
		int threads = 8;
		int tasksOfEach = 5000;
		Mailbox mailbox = new Mailbox(this.executor, threads * tasksOfEach);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		// not thread-safe on purpose: the mailbox makes one task's writes visible to the
		// next
		List<List<Integer>> seen = IntStream.range(0, threads)
			.<List<Integer>>mapToObj((i) -> new ArrayList<>())
			.toList();
		CountDownLatch done = new CountDownLatch(threads * tasksOfEach);
		IntStream.range(0, threads).mapToObj((thread) -> new Thread(() -> {
			for (int i = 0; i < tasksOfEach; i++) {
				int task = i;
				mailbox.post(() -> {
					overlaps.addAndGet((inside.getAndIncrement() != 0) ? 1 : 0);
					seen.get(thread).add(task);
					inside.decrementAndGet();
					done.countDown();
				});
			}
		})).forEach(Thread::start);
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(overlaps).hasValue(0);
		List<Integer> inOrder = IntStream.range(0, tasksOfEach).boxed().toList();
		assertThat(seen).allSatisfy((tasks) -> assertThat(tasks).isEqualTo(inOrder));
		await().untilAsserted(() -> assertThat(mailbox.size()).isZero());
	}

	@Test
	void refusesWhatIsBeyondItsCapacityUntilThereIsRoomAgain() {
		Mailbox mailbox = new Mailbox(this.turns::add, 2);
		assertThat(post(mailbox, 1)).isTrue();
		assertThat(post(mailbox, 2)).isTrue();
		assertThat(mailbox.size()).isEqualTo(2);
		assertThat(post(mailbox, 3)).isFalse();
		this.turns.remove().run();
		assertThat(mailbox.size()).isZero();
		assertThat(post(mailbox, 4)).isTrue();
		this.turns.remove().run();
		assertThat(this.ran).containsExactly(1, 2, 4);
	}

	@Test
	void countsTheTaskThatRuns() {
		Mailbox mailbox = new Mailbox(this.turns::add, 2);
		List<Integer> sizes = new ArrayList<>();
		mailbox.post(() -> {
			sizes.add(mailbox.size());
			assertThat(post(mailbox, 1)).isTrue();
			assertThat(post(mailbox, 2)).isFalse();
		});
		this.turns.remove().run();
		assertThat(sizes).containsExactly(1);
		assertThat(this.ran).containsExactly(1);
	}

	@Test
	void takesTheLastTaskEvenIfItIsFull() {
		Mailbox mailbox = new Mailbox(this.turns::add, 1);
		post(mailbox, 1);
		assertThat(post(mailbox, 2)).isFalse();
		assertThat(mailbox.postAlways(() -> this.ran.add(3))).isTrue();
		this.turns.remove().run();
		assertThat(this.ran).containsExactly(1, 3);
	}

	@Test
	void holdsNoThreadWhenItIsIdle() {
		Mailbox mailbox = new Mailbox(this.turns::add, 10);
		post(mailbox, 1);
		post(mailbox, 2);
		assertThat(this.turns).hasSize(1);
		this.turns.remove().run();
		assertThat(this.turns).isEmpty();
		post(mailbox, 3);
		assertThat(this.turns).hasSize(1);
	}

	@Test
	void continuesAfterATaskThatFails(CapturedOutput output) {
		Mailbox mailbox = new Mailbox(this.turns::add, 10);
		mailbox.post(() -> {
			throw new IllegalStateException("broken task");
		});
		mailbox.post(() -> {
			throw new AssertionError("not even an exception");
		});
		post(mailbox, 1);
		this.turns.remove().run();
		assertThat(this.ran).containsExactly(1);
		assertThat(output).contains("broken task").contains("not even an exception");
	}

	@Test
	void letsOthersRunWhenItsQueueIsLong() {
		Mailbox mailbox = new Mailbox(this.turns::add, 10_000);
		IntStream.range(0, 10_000).forEach((i) -> post(mailbox, i));
		this.turns.remove().run();
		assertThat(this.ran).hasSizeBetween(1, 1000);
		assertThat(this.turns).as("comes back for the rest").hasSize(1);
		int turnsTaken = 1;
		while (!this.turns.isEmpty()) {
			this.turns.remove().run();
			turnsTaken++;
		}
		assertThat(this.ran).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
		assertThat(turnsTaken).isGreaterThan(9);
	}

	@Test
	void saysThatATaskWillNotRunOnceItsExecutorHasStopped() {
		Mailbox mailbox = new Mailbox(this.executor, 10);
		this.executor.shutdownNow();
		assertThat(post(mailbox, 1)).isFalse();
		assertThat(post(mailbox, 2)).as("also the one after").isFalse();
		assertThat(mailbox.postAlways(() -> this.ran.add(3))).isFalse();
		assertThat(this.ran).isEmpty();
	}

	@Test
	void saysSoTooIfItsExecutorStopsBetweenTwoTurns() {
		CountDownLatch mayGoOn = new CountDownLatch(1);
		Mailbox mailbox = new Mailbox(this.executor, 1000);
		mailbox.post(() -> awaitUninterruptibly(mayGoOn));
		IntStream.range(0, 500).forEach((i) -> post(mailbox, i));
		this.executor.shutdown();
		mayGoOn.countDown();
		await().untilAsserted(() -> assertThat(post(mailbox, 1000)).isFalse());
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void runsWhatIsLeftWhenTasksWereWithdrawn() {
		Mailbox mailbox = new Mailbox(this.turns::add, 10);
		Runnable withdrawn = () -> this.ran.add(0);
		mailbox.post(withdrawn);
		post(mailbox, 1);
		mailbox.post(withdrawn);
		mailbox.post(withdrawn);
		assertThat(mailbox.withdraw((task) -> task == withdrawn)).isTrue();
		assertThat(mailbox.withdraw((task) -> task == withdrawn)).isFalse();
		post(mailbox, 2);
		this.turns.remove().run();
		assertThat(this.ran).containsExactly(1, 2);
		assertThat(mailbox.size()).isZero();
		post(mailbox, 3);
		this.turns.remove().run();
		assertThat(this.ran).containsExactly(1, 2, 3);
	}

	@Test
	void losesNothingElseWhenTasksAreWithdrawnWhileItRuns() {
		Mailbox mailbox = new Mailbox(this.executor, Integer.MAX_VALUE);
		AtomicInteger kept = new AtomicInteger();
		Runnable withdrawn = () -> {
		};
		for (int i = 0; i < 20_000; i++) {
			mailbox.post(withdrawn);
			mailbox.post(kept::incrementAndGet);
			if (i % 10 == 0) {
				mailbox.withdraw((task) -> task == withdrawn);
			}
		}
		await().untilAsserted(() -> assertThat(mailbox.size()).isZero());
		assertThat(kept).hasValue(20_000);
	}

	@Test
	void needsACapacity() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Mailbox(this.executor, 0));
	}

	private boolean post(Mailbox mailbox, int task) {
		return mailbox.post(() -> this.ran.add(task));
	}

}
