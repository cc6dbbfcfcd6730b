package io.clusterspring.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.clusterspring.mailbox.ManualTimer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is called, and what is told of it; calls happen when the test has them happen.
 */
class HostedApplicationTests implements HostedApplication.Listener {

	private final List<String> history = new ArrayList<>();

	private final List<Runnable> calls = new ArrayList<>();

	private final AtomicBoolean allowed = new AtomicBoolean(true);

	private Throwable failure;

	private final HostedApplication hosted = new HostedApplication(new Recorded(), Duration.ofSeconds(1),
			this.calls::add, new ManualTimer());

	@Test
	void aStartWhoseTermHasEndedBeforeItsTurnIsNotMade() {
		this.hosted.start(new StartReason(StartReason.Type.NORMAL, null, 1), this.allowed::get, this);
		this.allowed.set(false);
		happen();
		assertThat(this.history).containsExactly("told: stopped");
		this.hosted.stop(this);
		happen();
		assertThat(this.history).as("what was not started is not stopped")
			.containsExactly("told: stopped", "told: stopped");
	}

	@Test
	void anErrorOfAStartIsAFailureAsAnyOther() {
		this.failure = new NoClassDefFoundError("as it should");
		this.hosted.start(new StartReason(StartReason.Type.NORMAL, null, 1), this.allowed::get, this);
		happen();
		assertThat(this.history).containsExactly("start", "told: failed");
	}

	@Test
	void anErrorOfAStopIsToldAsAStop() {
		this.hosted.start(new StartReason(StartReason.Type.NORMAL, null, 1), this.allowed::get, this);
		happen();
		this.failure = new StackOverflowError("as it should");
		this.hosted.stop(this);
		happen();
		assertThat(this.history).containsExactly("start", "told: started", "stop", "told: stopped");
	}

	private void happen() {
		while (!this.calls.isEmpty()) {
			this.calls.remove(0).run();
		}
	}

	@Override
	public void started() {
		this.history.add("told: started");
	}

	@Override
	public void failed(Throwable thrown) {
		this.history.add("told: failed");
	}

	@Override
	public void stopped() {
		this.history.add("told: stopped");
	}

	@Override
	public void hangs() {
		this.history.add("told: hangs");
	}

	@Override
	public void cameBack() {
		this.history.add("told: came back");
	}

	private final class Recorded implements DistributedApplication {

		@Override
		public String name() {
			return "app";
		}

		@Override
		public void start(StartReason reason) {
			happened("start");
		}

		@Override
		public void stop() {
			happened("stop");
		}

		private void happened(String call) {
			HostedApplicationTests.this.history.add(call);
			if (HostedApplicationTests.this.failure instanceof Error error) {
				throw error;
			}
		}

	}

}
