package io.clusterspring.jgroups;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jgroups.util.ThreadPool;
import org.jgroups.util.TimeScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every kind of thread of the engine tells of the Error that it meets.
 */
class EngineFailuresTests {

	private static final String ERROR = "java.lang.InternalError: test";

	private static final Preface WITH_TLS = new Preface(false, true);

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
	void nodeWithoutMemoryTakesNothingLargeForAMoment() {
		this.failures.add("lane", new InternalError("test"));
		assertThat(this.failures.isShortOfMemory()).isFalse();
		this.failures.add("lane", new OutOfMemoryError("test"));
		assertThat(this.failures.isShortOfMemory()).isTrue();
		this.failures.clear();
		assertThat(this.failures.isShortOfMemory()).isFalse();
	}

	@Test
	void threadThatEnds() {
		this.threads.newThread(EngineFailuresTests::fail, "reader").start();
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
		this.pool.execute(EngineFailuresTests::fail);
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
		this.timer.schedule(EngineFailuresTests::fail, 1, TimeUnit.MILLISECONDS);
		told("timer");
		this.failures.clear();
		this.timer.execute(EngineFailuresTests::fail);
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

	@Test
	void threadThatTakesConnectionsWhichClosesThePort() throws Exception {
		try (ServerSocket server = listen()) {
			CountDownLatch accepting = new CountDownLatch(1);
			Thread engine = new Thread(() -> {
				try {
					accepting.countDown();
					server.accept();
				}
				catch (IOException ex) {
					fail();
				}
			});
			engine.start();
			assertThat(accepting.await(20, TimeUnit.SECONDS)).isTrue();
			// what the engine does with a connection is what fails there
			engine.interrupt();
			told("accept");
			await().until(server::isClosed);
		}
	}

	@Test
	void connectionThatCannotBeTakenForAnErrorEndsNothing() throws Exception {
		try (ServerSocket server = listen()) {
			Thread engine = new Thread(() -> {
				try {
					server.accept();
				}
				catch (IOException ex) {
					// the test is over
				}
			});
			engine.start();
			for (int i = 0; i < 3; i++) {
				try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
					WITH_TLS.exchange(socket.getInputStream(), socket.getOutputStream());
					assertThat(socket.getInputStream().read()).isEqualTo(-1);
				}
				told("accept");
				this.failures.clear();
			}
			assertThat(server.isClosed()).isFalse();
			engine.interrupt();
		}
	}

	private ServerSocket listen() throws IOException {
		ConnectionGuard failing = new ConnectionGuard(WITH_TLS, new Handshake(null, "test", SpokenVersions.own()),
				() -> {
					throw new InternalError("test");
				}, () -> null, new RefusedPeers(), this.failures);
		ServerSocket server = failing.createServerSocket("test");
		server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return server;
	}

	private void told(String work) {
		await().dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(this.failures.failures()).containsEntry(work, ERROR));
	}

	private static void fail() {
		throw new InternalError("test");
	}

}
