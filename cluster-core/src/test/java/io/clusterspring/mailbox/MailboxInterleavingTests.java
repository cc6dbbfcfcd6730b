package io.clusterspring.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Test;

import io.clusterspring.interleaving.Interleavings;
import io.clusterspring.mailbox.Bulkhead.Bulkheads;

/**
 * Tests for {@link Mailbox} and its {@link Bulkheads} with all orders of their threads.
 */
class MailboxInterleavingTests {

	@Test
	void noTaskIsLost() {
		Interleavings.explore(() -> {
			List<Integer> ran = new ArrayList<>();
			Mailbox mailbox = new Mailbox(Runnable::run, 10);
			Interleavings.together(() -> mailbox.post(() -> ran.add(1)), () -> mailbox.post(() -> ran.add(2)));
			Interleavings.check(ran.size() == 2 && mailbox.size() == 0, "a task is lost");
		});
	}

	@Test
	void mailboxThatIsResumedGoesOnOnce() {
		Interleavings.explore(() -> {
			List<Integer> ran = new ArrayList<>();
			Mailbox mailbox = new Mailbox(Runnable::run, 10);
			Suspension[] suspension = new Suspension[1];
			mailbox.post(() -> {
				suspension[0] = mailbox.suspend();
				Interleavings.together(() -> suspension[0].resume(() -> ran.add(1)),
						() -> suspension[0].resume(() -> ran.add(2)), () -> mailbox.post(() -> ran.add(3)));
			});
			Interleavings.check(ran.size() == 2 && ran.get(1) == 3, "what resumes the mailbox runs once, and first");
			Interleavings.check(mailbox.size() == 0, "the mailbox does not know that it is empty");
		});
	}

	@Test
	void mailboxThatSuspendsItselfWhileItIsResumedGoesOn() {
		Interleavings.explore(() -> {
			List<Integer> ran = new ArrayList<>();
			Queue<Suspension> suspended = new ConcurrentLinkedQueue<>();
			Mailbox mailbox = new Mailbox(Runnable::run, 10);
			Runnable resume = () -> {
				Suspension suspension = suspended.poll();
				if (suspension != null) {
					suspension.resume(() -> ran.add(1));
				}
			};
			Interleavings.together(() -> {
				mailbox.post(() -> suspended.add(mailbox.suspend()));
				mailbox.post(() -> ran.add(2));
			}, resume);
			resume.run();
			Interleavings.check(ran.size() == 2 && ran.get(0) == 1 && mailbox.size() == 0, "the mailbox stands still");
		});
	}

	@Test
	void noMailboxWaitsForRoomInItsOwnBulkhead() {
		Interleavings.explore(() -> {
			Bulkheads narrow = new Bulkheads(new Bulkhead("narrow", 1), new Bulkhead("wide", 2));
			List<Integer> ran = new ArrayList<>();
			Mailbox first = new Mailbox(Runnable::run, 10, narrow);
			Mailbox second = new Mailbox(Runnable::run, 10, narrow);
			Interleavings.together(() -> first.post(() -> ran.add(1)), () -> second.post(() -> ran.add(2)));
			Interleavings.check(ran.size() == 2 && narrow.first().waiting() == 0, "a mailbox waits for ever");
		});
	}

	@Test
	void noMailboxWaitsForRoomThatIsThere() {
		Interleavings.explore(() -> {
			Bulkheads one = new Bulkheads(new Bulkhead("one", 1), new Bulkhead("both", 1));
			Bulkheads other = new Bulkheads(new Bulkhead("other", 1), one.second());
			List<Integer> ran = new ArrayList<>();
			Mailbox first = new Mailbox(Runnable::run, 10, one);
			Mailbox second = new Mailbox(Runnable::run, 10, other);
			Interleavings.together(() -> first.post(() -> ran.add(1)), () -> second.post(() -> ran.add(2)));
			Interleavings.check(ran.size() == 2 && one.second().waiting() == 0, "a mailbox waits for ever");
			Interleavings.check(one.second().hasRoom() && one.first().hasRoom(), "room is lost");
		});
	}

}
