package io.clusterspring.jgroups.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AdmissionGateTests {

	private final List<Integer> passed = new CopyOnWriteArrayList<>();

	private final AdmissionGate gate = new AdmissionGate((frame) -> this.passed.add(frame.getArray()[0] & 0xFF));

	@Test
	void framesAreHeldUntilTheGateOpensAndThenPassInTheirOrder() {
		IntStream.range(0, 3).forEach((number) -> this.gate.pass(frame(number, 1)));
		assertThat(this.passed).isEmpty();
		this.gate.open();
		assertThat(this.passed).containsExactly(0, 1, 2);
		this.gate.pass(frame(3, 1));
		assertThat(this.passed).containsExactly(0, 1, 2, 3);
		this.gate.close();
		this.gate.pass(frame(4, 1));
		assertThat(this.passed).as("once open, open").containsExactly(0, 1, 2, 3, 4);
	}

	@Test
	void nothingPassesAGateThatIsClosed() {
		this.gate.pass(frame(0, 1));
		this.gate.close();
		this.gate.pass(frame(1, 1));
		assertThat(this.passed).isEmpty();
	}

	@Test
	void whatIsTooMuchToHoldWaits() throws Exception {
		this.gate.pass(frame(0, (int) AdmissionGate.CAPACITY));
		CompletableFuture<Void> waiting = passElsewhere(1);
		this.gate.open();
		waiting.get(10, TimeUnit.SECONDS);
		assertThat(this.passed).containsExactly(0, 1);
	}

	@Test
	void whoWaitsDoesNotWaitAtAClosedGate() throws Exception {
		this.gate.pass(frame(0, (int) AdmissionGate.CAPACITY));
		CompletableFuture<Void> waiting = passElsewhere(1);
		this.gate.close();
		waiting.get(10, TimeUnit.SECONDS);
		assertThat(this.passed).isEmpty();
	}

	@Test
	void whoIsInterruptedDoesNotWait() throws Exception {
		this.gate.pass(frame(0, (int) AdmissionGate.CAPACITY));
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			this.gate.pass(frame(1, 1));
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		thread.start();
		await().until(() -> thread.getState() == Thread.State.WAITING);
		thread.interrupt();
		assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
		this.gate.open();
		assertThat(this.passed).containsExactly(0);
	}

	private CompletableFuture<Void> passElsewhere(int number) {
		CompletableFuture<Void> passing = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			this.gate.pass(frame(number, 1));
			passing.complete(null);
		});
		thread.start();
		await().until(() -> thread.getState() == Thread.State.WAITING);
		assertThat(passing).isNotDone();
		return passing;
	}

	private static Message frame(int number, int size) {
		byte[] bytes = new byte[size];
		bytes[0] = (byte) number;
		return new BytesMessage(null, bytes);
	}

}
