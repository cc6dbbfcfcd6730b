package io.clusterspring.interest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.clusterspring.Node;
import io.clusterspring.interest.InterestState.Addressed;
import io.clusterspring.wire.FrameKind;

/**
 * Nodes under a seeded scheduler, which does one thing at a time. Each link keeps the
 * order of what it carries. Topic messages are delivered by the engine, announcements by
 * a mailbox later; only announcements are lost. A message that is due must not be left
 * out, and none may come twice or out of order. Now and then some nodes publish nothing
 * for a while, in which their leases end. Names with a slash are destinations, and some
 * subscriptions to them are patterns.
 */
final class InterestWorld {

	private final Random random;

	private final InterestSettings settings;

	private final Process[] processes;

	private final int[] sides;

	final InterestLinks links;

	private final int lossOutOf;

	private boolean calm;

	private final InterestPauses pauses;

	private long now = 1;

	private long incarnations;

	private long tokens;

	private long published;

	int sent;

	long leftOut;

	long due;

	/** Messages that were due, and found no lease of their publisher. */
	long dueWithoutLease;

	/** How often a node began to publish again. */
	long awakenings;

	InterestWorld(long seed) {
		this.random = new Random(seed);
		this.links = new InterestLinks(this.random);
		this.settings = new InterestSettings(1 + this.random.nextInt(9),
				Duration.ofSeconds(this.random.nextInt(3) * 2));
		this.processes = new Process[3 + this.random.nextInt(3)];
		this.sides = new int[this.processes.length];
		this.pauses = new InterestPauses(this, this.random, this.processes.length);
		this.lossOutOf = (this.random.nextBoolean()) ? 6 : 1000;
	}

	int maxTopics() {
		return this.settings.maxTopics();
	}

	void run(int steps) {
		for (int i = 0; i < steps; i++) {
			step();
		}
	}

	private void step() {
		int index = this.random.nextInt(this.processes.length);
		Process process = this.processes[index];
		int chance = this.random.nextInt(1000);
		if (process == null) {
			if (chance < 100) {
				this.processes[index] = new Process(index);
				installViews();
			}
		}
		else if (chance < 350) {
			times(6, this.links::deliverOne);
		}
		else if (chance < 352) {
			Arrays.setAll(this.sides, (side) -> this.random.nextInt(2));
			installViews();
		}
		else if (chance < 356) {
			Arrays.fill(this.sides, 0);
			installViews();
		}
		else if (chance < 357) {
			this.processes[index] = null;
			installViews();
		}
		else if (chance < 358) {
			leaveAndComeBack(process);
		}
		else if (chance < 361) {
			process.frozen = !process.frozen;
		}
		else if (chance < 364) {
			this.pauses.pause();
		}
		else if (chance < 500) {
			times(10, process::handleOne);
		}
		else if (chance < 580) {
			process.subscribe(SubscribedTopic.anyOrPattern(this.random));
		}
		else if (chance < 583) {
			process.announceDestinations();
		}
		else if (chance < 640) {
			process.unsubscribe();
		}
		else if (chance < 850) {
			if (!this.pauses.isIdle(index)) {
				process.publish(SubscribedTopic.any(this.random));
			}
		}
		else if (chance < 930) {
			process.flush();
		}
		else {
			// of a second, on average a tick of each
			this.now += TimeUnit.MILLISECONDS.toNanos(this.random.nextInt(2000) / this.processes.length);
			process.tick();
		}
	}

	// the others see it leave; it sees the same view as before
	private void leaveAndComeBack(Process process) {
		List<Process> present = process.view;
		for (Process other : present) {
			if (other != process && other.view.contains(process)) {
				other.engineView(other.view.stream().filter((one) -> one != process).toList());
			}
		}
		process.joining();
		run(this.random.nextInt(20));
		installViews();
	}

	void times(int most, Runnable action) {
		for (int left = 1 + this.random.nextInt(most); left > 0; left--) {
			action.run();
		}
	}

	List<Process> live() {
		return Arrays.stream(this.processes).filter(Objects::nonNull).toList();
	}

	// the engine installs it at once, and the mailbox handles it later
	private void installViews() {
		for (Process process : live()) {
			List<Process> present = live().stream()
				.filter((other) -> this.sides[other.index] == this.sides[process.index])
				.toList();
			if (!present.equals(process.view)) {
				// one that has another holder is out in between
				process.engineView(present.stream()
					.filter((other) -> process.view.stream()
						.noneMatch((known) -> known.index == other.index && known != other))
					.toList());
				process.engineView(present);
			}
		}
	}

	private boolean isCut(Process sender, Process receiver) {
		return this.processes[sender.index] != sender || this.processes[receiver.index] != receiver
				|| this.sides[sender.index] != this.sides[receiver.index];
	}

	/** Stop losing, cutting and standing still. */
	void calmDown() {
		this.calm = true;
		Arrays.fill(this.sides, 0);
		installViews();
		live().forEach((process) -> process.frozen = false);
	}

	/** Let a second pass. */
	void pass() {
		this.now += TimeUnit.SECONDS.toNanos(1);
		live().forEach(Process::tick);
	}

	static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new AssertionError(otherwise);
		}
	}

	/** One incarnation of a node. */
	final class Process {

		private final int index;

		final Node node;

		final InterestState state;

		private final Deque<Runnable> mailbox = new ArrayDeque<>();

		final List<SubscribedTopic> subscriptions = new ArrayList<>();

		private final Map<Process, Long> lastFrom = new LinkedHashMap<>();

		private List<Process> view = List.of();

		private long views;

		private boolean frozen;

		/** One of an earlier release does not. */
		private final boolean knowsDestinations = InterestWorld.this.random.nextInt(4) > 0;

		boolean announcesDestinations;

		private boolean hasPublished;

		Process(int index) {
			this.index = index;
			this.node = new Node("n" + index, "host");
			this.state = new InterestState(++InterestWorld.this.incarnations, InterestWorld.this.settings,
					() -> InterestWorld.this.now, () -> ++InterestWorld.this.tokens);
			// before it joins
			if (InterestWorld.this.random.nextBoolean()) {
				subscribe(SubscribedTopic.any(InterestWorld.this.random));
			}
			if (InterestWorld.this.random.nextBoolean()) {
				announceDestinations();
			}
		}

		void engineView(List<Process> present) {
			this.view = List.copyOf(present);
			long number = ++this.views;
			List<Node> others = this.view.stream().filter((one) -> one != this).map((one) -> one.node).toList();
			this.mailbox.add(() -> this.state.view(number, others));
		}

		void joining() {
			long number = ++this.views;
			this.view = List.of();
			this.mailbox.add(() -> this.state.view(number, List.of()));
		}

		void handleOne() {
			if (!this.frozen && !this.mailbox.isEmpty()) {
				this.mailbox.remove().run();
				flush();
			}
		}

		boolean handleAll() {
			boolean any = !this.mailbox.isEmpty();
			while (!this.mailbox.isEmpty()) {
				handleOne();
			}
			return any;
		}

		void tick() {
			if (!this.frozen) {
				this.mailbox.add(this.state::tick);
			}
		}

		void flush() {
			if (!this.frozen) {
				this.state.takeMessages().forEach(this::send);
				this.state.takeKnown().forEach((stage) -> stage.complete(null));
			}
		}

		private void send(Addressed addressed) {
			// as it is read again
			InterestMessage message = InterestMessage.decode(FrameKind.body(addressed.message().encode()));
			InterestWorld.this.sent++;
			for (Process receiver : this.view) {
				boolean lost = !InterestWorld.this.calm
						&& InterestWorld.this.random.nextInt(InterestWorld.this.lossOutOf) == 0;
				if (addressed.receivers().contains(receiver.node) && !lost) {
					carry(receiver, () -> receiver.mailbox.add(() -> receiver.state.receive(this.node, message)));
				}
			}
		}

		private void carry(Process receiver, Runnable delivery) {
			if (!isCut(this, receiver)) {
				InterestWorld.this.links.carry(this.state, receiver.state, () -> {
					if (!isCut(this, receiver) && receiver.view.contains(this)) {
						delivery.run();
					}
				});
			}
		}

		void subscribe(String topic) {
			this.subscriptions.add(new SubscribedTopic(topic, SubscribedTopic.isAnnounced(topic, this.knowsDestinations)
					? this.state.subscribed(SubscribedTopic.name(topic)) : CompletableFuture.completedStage(null)));
		}

		// some begin late
		void announceDestinations() {
			if (this.knowsDestinations && !this.announcesDestinations) {
				this.announcesDestinations = true;
				this.state.subscribed(Names.DESTINATIONS);
			}
		}

		void unsubscribe() {
			if (!this.subscriptions.isEmpty()) {
				SubscribedTopic ended = this.subscriptions
					.remove(InterestWorld.this.random.nextInt(this.subscriptions.size()));
				if (SubscribedTopic.isAnnounced(ended.topic(), this.knowsDestinations)) {
					this.state.unsubscribed(SubscribedTopic.name(ended.topic()));
				}
			}
		}

		boolean leavesOut(Process receiver, String topic) {
			Knowledge known = this.state.knowledge();
			long now = InterestWorld.this.now;
			Knowledge.Absence absence = SubscribedTopic.absence(topic);
			return known.view() == this.views && known.mayLeaveOut(receiver.node, absence, now);
		}

		private boolean hasLease(Process receiver) {
			return this.state.knowledge().mayLeaveOut(receiver.node, PeerTopics::isLeased, InterestWorld.this.now);
		}

		// the publisher itself does not do the work that follows
		void use() {
			if (this.state.use().mark(InterestWorld.this.now)) {
				InterestWorld.this.awakenings += (this.hasPublished && !InterestWorld.this.calm) ? 1 : 0;
				this.hasPublished = true;
				this.mailbox.add(this.state::renew);
			}
		}

		void publish(String topic) {
			use();
			long number = ++InterestWorld.this.published;
			for (Process receiver : this.view) {
				if (receiver == this) {
					continue;
				}
				boolean leftOut = leavesOut(receiver, topic);
				InterestWorld.this.leftOut += leftOut ? 1 : 0;
				if (receiver.view.contains(this) && !isCut(this, receiver)) {
					receiver.subscriptions.stream()
						.filter((one) -> one.hears(topic) && one.isInForce())
						.forEach((one) -> {
							InterestWorld.this.due++;
							InterestWorld.this.dueWithoutLease += hasLease(receiver) ? 0 : 1;
							require(!leftOut, "Message " + number + " is lost: " + this.node + " leaves out "
									+ receiver.node + ", which listens to " + topic);
						});
				}
				if (!leftOut) {
					carry(receiver, () -> receiver.deliver(this, number));
				}
			}
		}

		private void deliver(Process publisher, long number) {
			Long last = this.lastFrom.put(publisher, number);
			require(last == null || last < number, "out of order, or twice");
		}

	}

}
