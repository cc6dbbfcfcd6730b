package io.clusterspring.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CoalescedTask}.
 */
class CoalescedTaskTests {

	private final List<Runnable> held = new ArrayList<>();

	private final Mailbox mailbox = new Mailbox(this.held::add, 10);

	private final AtomicInteger done = new AtomicInteger();

	@Test
	void waitsOnceHoweverOftenItIsPosted() {
		CoalescedTask task = new CoalescedTask(this.mailbox, this.done::incrementAndGet);
		for (int i = 0; i < 100; i++) {
			task.post();
		}
		assertThat(this.mailbox.size()).isEqualTo(1);
		this.held.remove(0).run();
		assertThat(this.done).hasValue(1);
		task.post();
		this.held.remove(0).run();
		assertThat(this.done).hasValue(2);
	}

	@Test
	void taskPostedWhileItRunsRunsAgain() {
		List<CoalescedTask> tasks = new ArrayList<>();
		tasks.add(new CoalescedTask(this.mailbox, () -> {
			if (this.done.incrementAndGet() == 1) {
				tasks.get(0).post();
			}
		}));
		tasks.get(0).post();
		this.held.remove(0).run();
		assertThat(this.done).hasValue(2);
	}

}
