package io.clusterspring.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Errand}.
 */
class ErrandTests {

	private final List<Runnable> held = new ArrayList<>();

	private final Mailbox mailbox = new Mailbox(this.held::add, 10);

	private final AtomicInteger done = new AtomicInteger();

	@Test
	void waitsOnceHoweverOftenItIsPosted() {
		Errand errand = new Errand(this.mailbox, this.done::incrementAndGet);
		for (int i = 0; i < 100; i++) {
			errand.post();
		}
		assertThat(this.mailbox.size()).isEqualTo(1);
		this.held.remove(0).run();
		assertThat(this.done).hasValue(1);
		errand.post();
		this.held.remove(0).run();
		assertThat(this.done).hasValue(2);
	}

	@Test
	void whatIsPostedWhileItRunsIsDoneAgain() {
		List<Errand> errands = new ArrayList<>();
		errands.add(new Errand(this.mailbox, () -> {
			if (this.done.incrementAndGet() == 1) {
				errands.get(0).post();
			}
		}));
		errands.get(0).post();
		this.held.remove(0).run();
		assertThat(this.done).hasValue(2);
	}

}
