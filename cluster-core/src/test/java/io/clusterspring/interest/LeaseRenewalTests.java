package io.clusterspring.interest;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.interest.InterestState.Addressed;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how often a node asks another one for a lease.
 */
class LeaseRenewalTests {

	private static final Node HERE = Node.of("here@h1");

	private static final Node THERE = Node.of("there@h2");

	private final AtomicLong clock = new AtomicLong();

	private final AtomicLong tokens = new AtomicLong();

	private final InterestState here = new InterestState(1, InterestSettings.DEFAULT, this.clock::get,
			this.tokens::incrementAndGet);

	private final InterestState there = new InterestState(2, InterestSettings.DEFAULT, this.clock::get,
			this.tokens::incrementAndGet);

	@Test
	void leaseIsRenewedEveryOtherTick() {
		meet();
		for (int tick = 1; tick <= 6; tick++) {
			List<Addressed> sent = tick();
			assertThat(pings(sent)).as("tick " + tick).isEqualTo((tick % 2 == 0) ? 1 : 0);
			deliver(sent, HERE, this.there);
			assertThat(leavesOut()).isTrue();
		}
	}

	@Test
	void questionWithoutAnswerIsRepeatedInTheNextTick() {
		meet();
		tick();
		for (int tick = 2; tick <= 7; tick++) {
			assertThat(pings(tick())).as("tick " + tick).isEqualTo(1);
			assertThat(leavesOut()).isEqualTo(tick < 5);
		}
	}

	private void meet() {
		this.here.view(1, List.of(THERE));
		this.there.view(1, List.of(HERE));
		deliver(this.here.takeMessages(), HERE, this.there);
		assertThat(leavesOut()).isTrue();
	}

	private List<Addressed> tick() {
		this.clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
		this.here.tick();
		return this.here.takeMessages();
	}

	// and the answers, and what these lead to
	private void deliver(List<Addressed> sent, Node sender, InterestState receiver) {
		sent.forEach((message) -> receiver.receive(sender, message.message()));
		List<Addressed> answers = receiver.takeMessages();
		if (!answers.isEmpty()) {
			boolean back = receiver == this.there;
			deliver(answers, back ? THERE : HERE, back ? this.here : this.there);
		}
	}

	private boolean leavesOut() {
		return this.here.knowledge().mayLeaveOut(THERE, (peer, now) -> peer.isWithout("topic", now), this.clock.get());
	}

	private static long pings(List<Addressed> sent) {
		return sent.stream().filter((message) -> message.message() instanceof InterestMessage.Ping).count();
	}

}
