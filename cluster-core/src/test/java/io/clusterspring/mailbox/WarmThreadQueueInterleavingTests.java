package io.clusterspring.mailbox;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.clusterspring.interleaving.Interleavings;

/**
 * Tests for {@link WarmThreadQueue} with all orders of its threads.
 */
class WarmThreadQueueInterleavingTests {

	@Test
	void eachTaskFindsAThread() {
		Interleavings.explore(() -> {
			WarmThreadQueue queue = new WarmThreadQueue();
			AtomicInteger ran = new AtomicInteger();
			Runnable thread = () -> take(queue).run();
			Interleavings.together(thread, thread, () -> {
				queue.offer(() -> ran.addAndGet(1));
				queue.offer(() -> ran.addAndGet(10));
			});
			Interleavings.check(ran.get() == 11 && queue.isEmpty(), "a task is lost, or was taken twice");
		});
	}

	private static Runnable take(WarmThreadQueue queue) {
		try {
			return queue.take();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
