package io.clusterspring.jgroups.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jgroups.util.ThreadPool;
import org.jgroups.util.TimeScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.EngineFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every kind of thread of the engine tells of the Error that it meets.
 */
class EngineThreadsTests {

	private static final String ERROR = "java.lang.InternalError: test";

	private final EngineFailures failures = new EngineFailures();

	private final EngineThreads threads = new EngineThreads(this.failures, false);

	private final ThreadPool pool = new ThreadPool().setThreadFactory(this.threads);

	private final EngineTimer timer = new EngineTimer(this.pool, this.threads, this.failures);

	@AfterEach
	void stop() {
		this.timer.stop();
		this.pool.destroy();
	}

	@Test
	void threadThatEnds() {
		this.threads.newThread(EngineThreadsTests::fail, "reader").start();
		told("thread");
	}

	@Test
	void threadThatEndsForAnExceptionIsNoError() throws Exception {
		Thread thread = this.threads.newThread(() -> {
			throw new IllegalStateException("test");
		}, "reader");
		thread.setUncaughtExceptionHandler((dead, cause) -> {
		});
		thread.start();
		thread.join();
		assertThat(this.failures.failures()).isEmpty();
	}

	@Test
	void workerOfThePool() throws Exception {
		this.pool.init();
		this.pool.execute(EngineThreadsTests::fail);
		told("thread");
	}

	@Test
	void taskOfTheTimerThatIsDoneAgainAllTheSame() throws Exception {
		this.pool.init();
		this.timer.start();
		AtomicInteger runs = new AtomicInteger();
		this.timer.scheduleWithFixedDelay(() -> {
			runs.incrementAndGet();
			fail();
		}, 1, 1, TimeUnit.MILLISECONDS);
		told("timer");
		await().until(() -> runs.get() > 2);
	}

	@Test
	void otherTasksOfTheTimer() throws Exception {
		this.pool.init();
		this.timer.start();
		this.timer.schedule(EngineThreadsTests::fail, 1, TimeUnit.MILLISECONDS);
		told("timer");
		this.failures.clear();
		this.timer.execute(EngineThreadsTests::fail);
		told("timer");
		this.failures.clear();
		this.timer.scheduleWithDynamicInterval(new TimeScheduler.Task() {

			@Override
			public long nextInterval() {
				return 1;
			}

			@Override
			public void run() {
				fail();
			}

		});
		told("timer");
	}

	private void told(String work) {
		await().dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(this.failures.failures()).containsEntry(work, ERROR));
	}

	private static void fail() {
		throw new InternalError("test");
	}

}
