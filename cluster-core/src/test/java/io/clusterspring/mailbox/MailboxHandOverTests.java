package io.clusterspring.mailbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Mailbox} with an executor that rejects its turns.
 */
@ExtendWith(OutputCaptureExtension.class)
class MailboxHandOverTests {

	private final FailingExecutor executor = new FailingExecutor();

	private final List<Integer> ran = new CopyOnWriteArrayList<>();

	private final Mailbox mailbox = new Mailbox(this.executor, 10);

	static List<Throwable> failures() {
		return List.of(new RejectedExecutionException("busy"), new OutOfMemoryError("unable to create native thread"),
				new IllegalStateException("broken executor"), new StackOverflowError());
	}

	@ParameterizedTest
	@MethodSource("failures")
	void nextPostTriesAgain(Throwable failure) {
		this.executor.failure = failure;
		assertThatNoException().isThrownBy(() -> assertThat(post(1)).isTrue());
		assertThat(this.executor.taken).isEmpty();
		this.executor.failure = null;
		assertThat(post(2)).isTrue();
		runAll();
		assertThat(this.ran).containsExactly(1, 2);
		assertThat(this.mailbox.size()).isZero();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void lastMessageIsNotStuck(Throwable failure) {
		this.executor.failure = failure;
		post(1);
		this.executor.failure = null;
		await().until(() -> !this.executor.taken.isEmpty());
		runAll();
		assertThat(this.ran).containsExactly(1);
	}

	@Test
	void turnThatCannotBeContinuedIsTriedAgainToo() {
		Mailbox large = new Mailbox(this.executor, 1000);
		IntStream.range(0, 600).forEach((i) -> large.post(() -> this.ran.add(i)));
		Runnable first = this.executor.taken.remove();
		this.executor.failure = new RejectedExecutionException("busy");
		first.run();
		assertThat(this.ran).hasSizeLessThan(600);
		this.executor.failure = null;
		await().until(() -> {
			runAll();
			return large.size() == 0;
		});
		assertThat(this.ran).isEqualTo(IntStream.range(0, 600).boxed().toList());
	}

	@Test
	void executorThatFailsAfterItHasTakenTheTurnDoesNotRunItTwiceAtOnce() {
		this.executor.failAfterTaking = new OutOfMemoryError("unable to create native thread");
		post(1);
		Runnable takenBack = this.executor.taken.remove();
		this.executor.failAfterTaking = null;
		post(2);
		assertThat(this.executor.taken).hasSize(1);
		takenBack.run();
		assertThat(this.ran).as("the turn that was taken back does nothing").isEmpty();
		runAll();
		assertThat(this.ran).containsExactly(1, 2);
	}

	@Test
	void executorThatFailsAfterItHasRunTheTurnIsNotAskedAgain() {
		Mailbox direct = new Mailbox((turn) -> {
			turn.run();
			throw new IllegalStateException("after the run");
		}, 10);
		direct.post(() -> this.ran.add(1));
		direct.post(() -> this.ran.add(2));
		assertThat(this.ran).containsExactly(1, 2);
		assertThat(direct.size()).isZero();
	}

	@Test
	void causeIsInTheLogAndNotForEachMailbox(CapturedOutput output) {
		this.executor.failure = new UnsupportedOperationException("only here");
		for (int i = 0; i < 100; i++) {
			new Mailbox(this.executor, 1).post(() -> {
			});
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("only here"))).hasSizeBetween(1, 10);
		this.executor.failure = null;
	}

	@Test
	void onlyAnExecutorThatWasShutDownEndsIt() {
		ExecutorService service = Executors.newSingleThreadExecutor();
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.initialize();
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor();
		threads.setTaskTerminationTimeout(1);
		List<Executor> executors = List.of(service, pool, threads);
		assertThat(executors).noneMatch(RejectedTurns::isShutDown);
		service.shutdown();
		pool.shutdown();
		threads.close();
		assertThat(executors).allMatch(RejectedTurns::isShutDown)
			.allSatisfy((executor) -> assertThat(new Mailbox(executor, 1).post(() -> {
			})).isFalse());
	}

	@Test
	void losesNothingAndKeepsOrderWhileItsExecutorFailsNowAndThen() throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		Executor flaky = (turn) -> {
			switch (ThreadLocalRandom.current().nextInt(8)) {
				case 0 -> throw new RejectedExecutionException("busy");
				case 1 -> throw new OutOfMemoryError("unable to create native thread");
				case 2 -> {
					threads.execute(turn);
					throw new OutOfMemoryError("after it was taken");
				}
				default -> threads.execute(turn);
			}
		};
		try {
			stress(new Mailbox(flaky, Integer.MAX_VALUE), 4, 2000);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void stress(Mailbox mailbox, int posters, int tasksOfEach) throws InterruptedException {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(posters * tasksOfEach);
		List<List<Integer>> seen = IntStream.range(0, posters)
			.<List<Integer>>mapToObj((i) -> new ArrayList<>())
			.toList();
		IntStream.range(0, posters).mapToObj((poster) -> new Thread(() -> {
			for (int i = 0; i < tasksOfEach; i++) {
				int task = i;
				mailbox.post(() -> {
					overlaps.addAndGet((inside.getAndIncrement() != 0) ? 1 : 0);
					seen.get(poster).add(task);
					inside.decrementAndGet();
					done.countDown();
				});
				if (i % 50 == 0) {
					Thread.yield();
				}
			}
		})).forEach(Thread::start);
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(overlaps).hasValue(0);
		List<Integer> inOrder = IntStream.range(0, tasksOfEach).boxed().toList();
		assertThat(seen).allSatisfy((tasks) -> assertThat(tasks).isEqualTo(inOrder));
	}

	private boolean post(int task) {
		return this.mailbox.post(() -> this.ran.add(task));
	}

	private void runAll() {
		for (Runnable turn = this.executor.taken.poll(); turn != null; turn = this.executor.taken.poll()) {
			turn.run();
		}
	}

	private static final class FailingExecutor implements Executor {

		private final Queue<Runnable> taken = new ArrayDeque<>();

		private volatile Throwable failure;

		private volatile Throwable failAfterTaking;

		@Override
		public synchronized void execute(Runnable turn) {
			fail(this.failure);
			this.taken.add(turn);
			fail(this.failAfterTaking);
		}

		private static void fail(Throwable failure) {
			if (failure instanceof Error error) {
				throw error;
			}
			if (failure != null) {
				throw (RuntimeException) failure;
			}
		}

	}

}
