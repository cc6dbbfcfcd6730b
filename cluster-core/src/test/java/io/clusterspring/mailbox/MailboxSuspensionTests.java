package io.clusterspring.mailbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Suspension}.
 */
class MailboxSuspensionTests {

	private final Queue<Runnable> turns = new ArrayDeque<>();

	private final List<String> ran = new ArrayList<>();

	private final Mailbox mailbox = new Mailbox(this.turns::add, 3);

	private Suspension suspension;

	@Test
	void waitingTasksRunAfterTheMailboxWasResumed() {
		post("first");
		this.mailbox.post(() -> this.suspension = this.mailbox.suspend());
		post("last");
		runAll();
		assertThat(this.ran).containsExactly("first");
		assertThat(this.turns).as("no thread is held").isEmpty();
		assertThat(this.suspension.resume(() -> this.ran.add("resumed"))).isTrue();
		runAll();
		assertThat(this.ran).containsExactly("first", "resumed", "last");
		assertThat(this.mailbox.size()).isZero();
	}

	@Test
	void tasksPostedMeanwhileCountAndAreBounded() {
		this.mailbox.post(() -> this.suspension = this.mailbox.suspend());
		runAll();
		assertThat(this.mailbox.size()).isOne();
		assertThat(post("1")).isTrue();
		assertThat(post("2")).isTrue();
		assertThat(post("3")).isFalse();
		assertThat(this.turns).isEmpty();
		this.suspension.resume(() -> {
		});
		runAll();
		assertThat(this.ran).containsExactly("1", "2");
	}

	@Test
	void resumedOnceOnly() {
		this.mailbox.post(() -> this.suspension = this.mailbox.suspend());
		runAll();
		assertThat(this.suspension.resume(() -> this.ran.add("stage"))).isTrue();
		assertThat(this.suspension.resume(() -> this.ran.add("time-out"))).isFalse();
		runAll();
		assertThat(this.suspension.resume(() -> this.ran.add("late"))).isFalse();
		assertThat(this.turns).isEmpty();
		assertThat(this.ran).containsExactly("stage");
	}

	@Test
	void mayBeResumedBeforeTheTaskEnds() {
		this.mailbox.post(() -> {
			this.mailbox.suspend().resume(() -> this.ran.add("resumed"));
			this.ran.add("task");
		});
		post("next");
		runAll();
		assertThat(this.ran).containsExactly("task", "resumed", "next");
		assertThat(this.mailbox.size()).isZero();
	}

	@Test
	void maySuspendAgainWhenItIsResumed() {
		this.mailbox.post(() -> this.suspension = this.mailbox.suspend());
		post("last");
		runAll();
		Suspension first = this.suspension;
		first.resume(() -> this.suspension = this.mailbox.suspend());
		runAll();
		assertThat(this.ran).isEmpty();
		this.suspension.resume(() -> this.ran.add("resumed"));
		runAll();
		assertThat(this.ran).containsExactly("resumed", "last");
	}

	@Test
	void taskThatFailsAfterSuspendingIsStillSuspended() {
		this.mailbox.post(() -> {
			this.suspension = this.mailbox.suspend();
			throw new IllegalStateException("broken");
		});
		post("last");
		runAll();
		assertThat(this.ran).isEmpty();
		this.suspension.resume(() -> this.ran.add("resumed"));
		runAll();
		assertThat(this.ran).containsExactly("resumed", "last");
	}

	@Test
	void resumingWhileItGetsToWaitLosesNothing() throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		Mailbox own = new Mailbox(threads, Integer.MAX_VALUE);
		int rounds = 20_000;
		CountDownLatch done = new CountDownLatch(rounds);
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			int round = i;
			own.post(() -> {
				Suspension suspended = own.suspend();
				ForkJoinPool.commonPool().execute(() -> suspended.resume(() -> {
					order.add(round);
					done.countDown();
				}));
			});
		}
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(order).isSorted().hasSize(rounds);
	}

	private boolean post(String task) {
		return this.mailbox.post(() -> this.ran.add(task));
	}

	private void runAll() {
		for (Runnable turn = this.turns.poll(); turn != null; turn = this.turns.poll()) {
			turn.run();
		}
	}

}
