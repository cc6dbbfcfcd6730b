package io.clusterspring.interest;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.interest.InterestState.Addressed;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests when a node asks another one for a lease.
 */
class LeaseRenewalTests {

	private static final Node HERE = Node.of("here@h1");

	private static final Node THERE = Node.of("there@h2");

	private static final long LEASE_TICKS = InterestState.LEASE / TimeUnit.SECONDS.toNanos(1);

	private static final long IDLE_TICKS = LastUse.IDLE / TimeUnit.SECONDS.toNanos(1);

	private final AtomicLong clock = new AtomicLong();

	private final AtomicLong tokens = new AtomicLong();

	private final InterestState here = new InterestState(1, InterestSettings.DEFAULT, this.clock::get,
			this.tokens::incrementAndGet);

	private final InterestState there = new InterestState(2, InterestSettings.DEFAULT, this.clock::get,
			this.tokens::incrementAndGet);

	@Test
	void leaseIsRenewedEveryOtherTickWhileItIsUsed() {
		meet();
		for (int tick = 1; tick <= 30; tick++) {
			publish();
			List<Addressed> sent = tick();
			assertThat(pings(sent)).as("tick " + tick).isEqualTo((tick % 2 == 0) ? 1 : 0);
			deliver(sent, HERE, this.there);
			assertThat(leavesOut("topic")).isTrue();
		}
	}

	@Test
	void questionWithoutAnswerIsRepeatedInTheNextTick() {
		meet();
		publish();
		tick();
		for (int tick = 2; tick <= 7; tick++) {
			assertThat(pings(tick())).as("tick " + tick).isEqualTo(1);
			assertThat(leavesOut("topic")).isEqualTo(tick < LEASE_TICKS);
		}
	}

	@Test
	void nodeThatPublishesNothingSendsNothing() {
		meet();
		for (int tick = 1; tick <= 60; tick++) {
			assertThat(tick()).as("tick " + tick).isEmpty();
			assertThat(leavesOut("topic")).isEqualTo(tick < LEASE_TICKS);
		}
	}

	@Test
	void renewalEndsSomeTimeAfterTheLastUse() {
		meet();
		publish();
		for (int tick = 1; tick <= 60; tick++) {
			List<Addressed> sent = tick();
			assertThat(pings(sent)).as("tick " + tick).isEqualTo((tick % 2 == 0 && tick < IDLE_TICKS) ? 1 : 0);
			deliver(sent, HERE, this.there);
			assertThat(leavesOut("topic")).as("tick " + tick).isEqualTo(tick < IDLE_TICKS - 2 + LEASE_TICKS);
		}
	}

	@Test
	void firstUseAfterAnIdleTimeAsksAtOnce() {
		idle();
		assertThat(publish()).as("one that renews").isTrue();
		this.here.renew();
		List<Addressed> sent = this.here.takeMessages();
		assertThat(pings(sent)).isEqualTo(1);
		assertThat(leavesOut("topic")).as("before the answer").isFalse();
		deliver(sent, HERE, this.there);
		assertThat(leavesOut("topic")).isTrue();
		assertThat(publish()).isFalse();
		this.here.renew();
		assertThat(this.here.takeMessages()).as("there is a lease").isEmpty();
	}

	@Test
	void questionOfTheFirstUseThatIsLostIsRepeatedByTheTick() {
		idle();
		publish();
		this.here.renew();
		this.here.takeMessages();
		deliver(tick(), HERE, this.there);
		assertThat(leavesOut("topic")).isTrue();
	}

	@Test
	void nodeThatPublishedBeforeItMetAnotherOneKeepsItsLease() {
		publish();
		meet();
		for (int tick = 1; tick < IDLE_TICKS; tick++) {
			deliver(tick(), HERE, this.there);
			assertThat(leavesOut("topic")).isTrue();
		}
	}

	@Test
	void nobodyWaitsForANodeWhoseLeasesHaveEnded() {
		meet();
		CompletionStage<?> before = this.there.subscribed("before");
		assertThat(isDone(before)).as("it has a lease").isFalse();
		idle();
		assertThat(isDone(this.there.subscribed("topic"))).isTrue();
		assertThat(this.there.waiting()).isEqualTo(0);
	}

	@Test
	void announcementThatWasLostInTheIdleTimeIsNoticedBeforeAnythingIsLeftOut() {
		idle();
		assertThat(isDone(this.there.subscribed("topic"))).as("nobody has a lease").isTrue();
		assertThat(this.there.takeMessages()).as("lost").isNotEmpty();
		publish();
		this.here.renew();
		deliver(this.here.takeMessages(), HERE, this.there);
		assertThat(leavesOut("topic")).isFalse();
		assertThat(leavesOut("other")).as("the state was requested again").isTrue();
	}

	@Test
	void announcementThatWaitsIsSentBeforeTheAnswer() {
		idle();
		assertThat(isDone(this.there.subscribed("topic"))).as("in force before it is sent").isTrue();
		publish();
		this.here.renew();
		deliver(this.here.takeMessages(), HERE, this.there);
		assertThat(leavesOut("topic")).isFalse();
		assertThat(leavesOut("other")).isTrue();
	}

	private void meet() {
		this.here.view(1, List.of(THERE));
		this.there.view(1, List.of(HERE));
		deliver(this.here.takeMessages(), HERE, this.there);
		assertThat(leavesOut("topic")).isTrue();
	}

	private void idle() {
		if (this.here.knowledge().peers().isEmpty()) {
			meet();
		}
		for (int tick = 0; tick < 20; tick++) {
			deliver(tick(), HERE, this.there);
			this.there.tick();
			this.there.takeKnown().forEach((stage) -> stage.complete(null));
		}
		assertThat(leavesOut("topic")).isFalse();
	}

	private boolean publish() {
		return this.here.use().mark(this.clock.get());
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

	private boolean leavesOut(String topic) {
		return this.here.knowledge().mayLeaveOut(THERE, (peer, now) -> peer.isWithout(topic, now), this.clock.get());
	}

	private static boolean isDone(CompletionStage<?> stage) {
		return stage.toCompletableFuture().isDone();
	}

	private static long pings(List<Addressed> sent) {
		return sent.stream().filter((message) -> message.message() instanceof InterestMessage.Ping).count();
	}

}
