package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.mailbox.Bulkhead.Bulkheads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ExecutorWatch}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExecutorWatchTests {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicLong clock = new AtomicLong();

	private final Bulkhead controller = new Bulkhead("room:1", 1);

	private final ExecutorWatch watch = new ExecutorWatch(this.tasks::add,
			() -> List.of(() -> List.of(this.controller)), this.clock::get);

	@Test
	void tellsHowLongTheLastTaskHasWaited() {
		this.watch.look();
		pass(2);
		assertThat(this.watch.longestWait()).isEqualTo(2.0);
		this.tasks.remove().run();
		assertThat(this.watch.longestWait()).isEqualTo(2.0);
		this.watch.look();
		this.tasks.remove().run();
		assertThat(this.watch.longestWait()).isZero();
	}

	@Test
	void pausedContextHasNoTaskThatWaits(CapturedOutput output) {
		this.watch.look();
		pass(2);
		this.watch.stop();
		pass(60);
		assertThat(this.watch.longestWait()).isZero();
		this.tasks.remove().run();
		assertThat(this.watch.longestWait()).isZero();
		this.watch.look();
		pass(1);
		this.tasks.remove().run();
		assertThat(this.watch.longestWait()).isEqualTo(1.0);
		assertThat(output).doesNotContain("No thread of the executor");
	}

	@Test
	void measuresOnlyWhileTheContextRuns() {
		try (ExecutorWatch own = new ExecutorWatch(this.tasks::add, List::of, this.clock::get)) {
			own.start();
			await().until(() -> !this.tasks.isEmpty());
			own.stop();
			assertThat(own.isRunning()).isFalse();
			assertThat(own.longestWait()).isZero();
		}
	}

	@Test
	void handsOverOneTaskAtATime() {
		this.watch.look();
		this.watch.look();
		assertThat(this.tasks).hasSize(1);
	}

	@Test
	void warnsOnceUntilTheWaitWasShorter(CapturedOutput output) {
		for (int episode = 1; episode <= 2; episode++) {
			this.watch.look();
			for (int i = 0; i < 10; i++) {
				pass(1);
				this.watch.look();
			}
			assertThat(output.toString().lines().filter((line) -> line.contains("cluster.executor.threads")))
				.hasSize(episode);
			this.tasks.remove().run();
			this.watch.look();
			this.tasks.remove().run();
			this.watch.look();
			this.tasks.remove().run();
		}
	}

	@Test
	void tellsOfMailboxesThatWaitForTheirController() {
		Bulkheads bulkheads = new Bulkheads(new Bulkhead("socket", 5), this.controller);
		for (int i = 0; i < 3; i++) {
			new Mailbox(this.tasks::add, 1, bulkheads).post(() -> {
			});
		}
		assertThat(this.watch.waiting()).isEqualTo(2);
		assertThat(this.watch.longestWait()).isPositive();
	}

	@Test
	void nameThatAClientHasChosenIsNoFormat(CapturedOutput output) {
		Bulkhead bulkhead = new Bulkhead("Channels of topic '100%z'", 1);
		ExecutorWatch own = new ExecutorWatch(this.tasks::add, () -> List.of(() -> List.of(bulkhead)), this.clock::get);
		for (int i = 0; i < 2; i++) {
			new Mailbox(this.tasks::add, 1, new Bulkheads(new Bulkhead("socket", 5), bulkhead)).post(() -> {
			});
		}
		await().untilAsserted(() -> {
			own.look();
			assertThat(output).containsPattern("Channels of topic '100%z' have waited for \\d+ s, .* all 1 threads");
		});
	}

	@Test
	void executorThatRefusesDoesNotEndIt() {
		boolean[] refuses = { true };
		ExecutorWatch own = new ExecutorWatch((task) -> {
			if (refuses[0]) {
				throw new RejectedExecutionException("busy");
			}
			this.tasks.add(task);
		}, List::of, this.clock::get);
		own.look();
		refuses[0] = false;
		own.look();
		assertThat(this.tasks).hasSize(1);
	}

	private void pass(int seconds) {
		this.clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
	}

}
