package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.decision.EmptyReport;
import io.clusterspring.failover.decision.FailoverFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ReportSenderTests {

	private static final Node FROZEN = Node.of("n2@a");

	private static final Node OTHER = Node.of("n3@a");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch thaw = new CountDownLatch(1);

	private final List<FailoverFrame> taken = new CopyOnWriteArrayList<>();

	private final List<FailoverFrame> late = new CopyOnWriteArrayList<>();

	private final ReportSender sender = new ReportSender(this::send, this.threads);

	@AfterEach
	void stop() {
		this.thaw.countDown();
		this.threads.shutdownNow();
	}

	private void send(Node to, FailoverFrame frame) {
		if (to.equals(FROZEN)) {
			try {
				this.thaw.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.late.add(frame);
		}
		else {
			this.taken.add(frame);
		}
	}

	@Test
	void aNodeThatTakesNoFramesBlocksNeitherTheCallerNorOthers() {
		for (int i = 1; i <= 100; i++) {
			this.sender.send(FROZEN, report(i, 0));
			this.sender.send(OTHER, report(i, 0));
		}
		await().until(() -> this.taken.contains(report(100, 0)));
		assertThat(this.late).isEmpty();
	}

	@Test
	void onlyTheNewestWaitingReportIsSent() throws Exception {
		this.sender.send(FROZEN, report(1, 0));
		await().until(() -> !isIdle());
		for (int i = 2; i <= 100; i++) {
			this.sender.send(FROZEN, report(i, (i == 50) ? 9 : 0));
			this.sender.send(FROZEN, new FailoverFrame.Ask(1, i));
			this.sender.send(FROZEN, new FailoverFrame.Permit("a", i % 2 == 0));
			this.sender.send(FROZEN, new FailoverFrame.Permit("b", i % 2 == 1));
		}
		this.thaw.countDown();
		this.sender.awaitIdle(Duration.ofSeconds(10));
		int from = this.late.indexOf(report(100, 9));
		assertThat(from).as("the report that answers what an older one would have").isIn(0, 1);
		assertThat(this.late.subList(from + 1, this.late.size())).containsExactly(new FailoverFrame.Ask(1, 100),
				new FailoverFrame.Permit("a", true), new FailoverFrame.Permit("b", false));
	}

	@Test
	void failedSendDoesNotStopTheNext() {
		AtomicInteger calls = new AtomicInteger();
		ReportSender failing = new ReportSender((to, frame) -> {
			calls.incrementAndGet();
			throw new StackOverflowError("as it should");
		}, Runnable::run);
		failing.send(OTHER, report(1, 0));
		failing.send(OTHER, report(2, 0));
		assertThat(calls).hasValue(2);
	}

	@Test
	void frameWithoutAThreadIsSentWithTheNext() {
		AtomicInteger calls = new AtomicInteger();
		ReportSender starved = new ReportSender(this::send, (task) -> {
			if (calls.getAndIncrement() == 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			task.run();
		});
		starved.send(OTHER, report(1, 0));
		starved.send(OTHER, new FailoverFrame.Ask(1, 1));
		assertThat(this.taken).containsExactly(report(1, 0), new FailoverFrame.Ask(1, 1));
	}

	@Test
	void nodesThatAreGoneAreForgotten() throws Exception {
		this.sender.send(FROZEN, report(1, 0));
		this.sender.retain(List.of(OTHER));
		this.sender.awaitIdle(Duration.ofMillis(20));
		assertThat(this.late).isEmpty();
		this.thaw.countDown();
		this.sender.awaitIdle(Duration.ofSeconds(10));
		assertThat(this.late).hasSize(1);
	}

	private boolean isIdle() {
		try {
			long start = System.nanoTime();
			this.sender.awaitIdle(Duration.ofMillis(50));
			return System.nanoTime() - start < Duration.ofMillis(50).toNanos();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static FailoverFrame report(long sequence, long answers) {
		return EmptyReport.of(sequence, answers);
	}

}
