package io.clusterspring.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Window}.
 */
class WindowTests {

	private final Window window = new Window(10, 2);

	@Test
	void theSlowestNodeDecides() throws InterruptedException {
		this.window.awaitRoom(9);
		CompletableFuture<Void> room = CompletableFuture.runAsync(() -> awaitRoom(10));
		this.window.progress(0, 10);
		this.window.progress(0, 20);
		assertThat(room).isNotDone();
		this.window.progress(1, 1);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(room::isDone);
		assertThat(room).isCompleted();
		this.window.awaitRoom(10);
	}

	@Test
	void sumsWhatArrived() throws InterruptedException {
		this.window.done(1, 7);
		this.window.done(0, 10);
		assertThat(this.window.awaitDone()).isEqualTo(17);
	}

	private void awaitRoom(long number) {
		try {
			this.window.awaitRoom(number);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
