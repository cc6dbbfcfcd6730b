package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WarmThreadQueue}.
 */
@Timeout(60)
class WarmThreadQueueTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final WarmThreadQueue queue = new WarmThreadQueue();

	private @Nullable ThreadPoolExecutor pool;

	@AfterEach
	void stop() {
		if (this.pool != null) {
			this.pool.shutdownNow();
		}
	}

	@Test
	void givesTasksInOrder() throws InterruptedException {
		List<Runnable> tasks = List.of(() -> {
		}, () -> {
		}, () -> {
		});
		tasks.forEach(this.queue::put);
		assertThat(this.queue).hasSize(3).containsExactlyElementsOf(tasks);
		assertThat(this.queue.peek()).isSameAs(tasks.get(0));
		assertThat(this.queue.take()).isSameAs(tasks.get(0));
		assertThat(this.queue.poll(1, TimeUnit.SECONDS)).isSameAs(tasks.get(1));
		assertThat(this.queue.remove(tasks.get(2))).isTrue();
		assertThat(this.queue.poll()).isNull();
		assertThat(this.queue.poll(1, TimeUnit.MILLISECONDS)).isNull();
	}

	@Test
	void drainsNoMoreThanIsAsked() {
		for (int i = 0; i < 5; i++) {
			this.queue.add(() -> {
			});
		}
		List<Runnable> taken = new ArrayList<>();
		assertThat(this.queue.drainTo(taken, 0)).isZero();
		assertThat(this.queue.drainTo(taken, 2)).isEqualTo(2);
		assertThat(this.queue.drainTo(taken)).isEqualTo(3);
		assertThat(taken).hasSize(5);
		assertThat(this.queue).isEmpty();
	}

	@Test
	void theThreadThatBecameIdleLastIsTheNext() {
		List<String> ran = new CopyOnWriteArrayList<>();
		List<Thread> threads = new CopyOnWriteArrayList<>();
		ThreadPoolExecutor executor = pool(4);
		executor.setThreadFactory((task) -> {
			Thread thread = new Thread(task);
			threads.add(thread);
			return thread;
		});
		assertThat(executor.prestartAllCoreThreads()).isEqualTo(4);
		for (int i = 0; i < 20; i++) {
			int before = i;
			await().pollInterval(Duration.ofMillis(1))
				.atMost(PATIENCE)
				.until(() -> ran.size() == before && threads.stream().allMatch(WarmThreadQueueTests::isIdle));
			executor.execute(() -> ran.add(Thread.currentThread().getName()));
		}
		await().atMost(PATIENCE).until(() -> ran.size() == 20);
		assertThat(ran).containsOnly(ran.get(0));
	}

	@Test
	void tasksThatWaitForEachOtherHaveAThreadEach() throws Exception {
		ThreadPoolExecutor threads = pool(4);
		threads.prestartAllCoreThreads();
		CyclicBarrier barrier = new CyclicBarrier(4);
		for (int i = 0; i < 1000; i++) {
			List<Callable<Integer>> tasks = Collections.nCopies(4, () -> barrier.await(20, TimeUnit.SECONDS));
			for (Future<Integer> task : threads.invokeAll(tasks)) {
				assertThat(task).succeedsWithin(PATIENCE);
			}
		}
	}

	@Test
	void noTaskIsLostWhenThreadsComeAndGo() {
		ThreadPoolExecutor threads = pool(4);
		threads.setKeepAliveTime(1, TimeUnit.MICROSECONDS);
		threads.allowCoreThreadTimeOut(true);
		AtomicInteger ran = new AtomicInteger();
		for (int i = 0; i < 100_000; i++) {
			threads.execute(ran::incrementAndGet);
			if (i % 100 == 0) {
				Thread.yield();
			}
		}
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(ran).hasValue(100_000));
	}

	@Test
	void interruptedThreadStopsWaitingAndTakesNoTask() throws InterruptedException {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.queue::take);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		this.queue.put(() -> {
		});
		assertThat(this.queue).hasSize(1);
	}

	@Test
	void aPoolThatIsShutDownRunsWhatWaitsAndEnds() throws InterruptedException {
		ThreadPoolExecutor threads = pool(2);
		AtomicInteger ran = new AtomicInteger();
		for (int i = 0; i < 1000; i++) {
			threads.execute(ran::incrementAndGet);
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(ran).hasValue(1000);
	}

	private ThreadPoolExecutor pool(int size) {
		ThreadPoolExecutor created = new ThreadPoolExecutor(size, size, 60, TimeUnit.SECONDS, this.queue);
		this.pool = created;
		return created;
	}

	private static boolean isIdle(Thread thread) {
		return thread.getState() == Thread.State.TIMED_WAITING;
	}

}
