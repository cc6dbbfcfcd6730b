package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.ViewId;

import io.clusterspring.Node;
import io.clusterspring.jgroups.CutLinks.Report;

/**
 * A cluster in which messages take their time and links are cut in one direction or both.
 * What decides is the real thing; the failure detection, the membership and the discovery
 * of parts around it are as coarse as can be, with the times of the engine's.
 */
final class ViewSimulation {

	static final long DETECTION = 8000;

	private static final long SILENCE = 5400;

	private static final long INTERVAL = 800;

	private static final long MERGE = 1600;

	final List<Member> members = new ArrayList<>();

	private final Set<String> cut = new HashSet<>();

	private final PriorityQueue<Task> tasks = new PriorityQueue<>();

	private final Random random;

	private long now = 100_000;

	private long order;

	ViewSimulation(int size, long seed) {
		this.random = new Random(seed);
		List<Address> all = new ArrayList<>();
		for (int number = 1; number <= size; number++) {
			all.add(AddressBook.newAddress(Node.of("n" + number + "@h"), number));
		}
		all.forEach((address) -> this.members.add(new Member(address, this.members.size() + 1)));
		this.members.forEach((member) -> member.install(new View(all.get(0), 1, all), false));
		this.members.forEach(Member::start);
	}

	long now() {
		return this.now;
	}

	void cut(int from, int to) {
		this.cut.add(from + ">" + to);
	}

	void heal() {
		this.cut.clear();
	}

	boolean isUp(Member from, Member to) {
		return !this.cut.contains(from.number + ">" + to.number);
	}

	boolean isUpBothWays(Member one, Member other) {
		return isUp(one, other) && isUp(other, one);
	}

	void runUntil(long end) {
		while (!this.tasks.isEmpty() && this.tasks.element().at <= end) {
			Task next = this.tasks.remove();
			this.now = next.at;
			next.action.run();
		}
		this.now = end;
	}

	private void in(long delay, Runnable action) {
		this.tasks.add(new Task(this.now + delay, this.order++, action));
	}

	private Member member(Address address) {
		return this.members.stream().filter((member) -> member.own.equals(address)).findFirst().orElseThrow();
	}

	private long delay() {
		return (this.random.nextInt(20) == 0) ? this.random.nextInt(150) : 1 + this.random.nextInt(5);
	}

	/**
	 * One node.
	 */
	final class Member {

		final List<Long> changes = new ArrayList<>();

		private final Address own;

		private final int number;

		private final Exclusion exclusion;

		private final Map<Address, Long> lastHeard = new HashMap<>();

		private final Set<Address> suspects = new LinkedHashSet<>();

		private View view = new View(new ViewId(), List.of());

		Member(Address own, int number) {
			this.own = own;
			this.number = number;
			this.exclusion = new Exclusion(own, DETECTION);
		}

		void start() {
			every(INTERVAL, this::beat);
			every(INTERVAL, this::check);
			every(250, this::tick);
			every(MERGE, this::lookForParts);
		}

		private void every(long interval, Runnable action) {
			in(ViewSimulation.this.random.nextInt((int) interval), new Runnable() {

				@Override
				public void run() {
					action.run();
					in(interval, this);
				}

			});
		}

		List<Member> present() {
			return this.view.getMembers().stream().map(ViewSimulation.this::member).toList();
		}

		private void send(Address to, Consumer<Member> message) {
			Member receiver = member(to);
			in(delay(), () -> {
				if (isUp(this, receiver)) {
					receiver.lastHeard.put(this.own, ViewSimulation.this.now);
					message.accept(receiver);
				}
			});
		}

		private void beat() {
			this.exclusion.others().forEach((other) -> send(other, (receiver) -> {
			}));
		}

		private void check() {
			if (!silent(SILENCE).isEmpty()) {
				verify(silent(SILENCE / 2));
			}
		}

		private Set<Address> silent(long time) {
			Set<Address> silent = new HashSet<>(this.exclusion.others());
			silent.removeIf((other) -> silence(other) <= time);
			return silent;
		}

		private long silence(Address other) {
			return ViewSimulation.this.now - this.lastHeard.getOrDefault(other, 0L);
		}

		private void verify(Set<Address> doubted) {
			for (Address other : doubted) {
				long asked = ViewSimulation.this.now;
				send(other, (receiver) -> receiver.send(this.own, (asker) -> {
				}));
				in(200 + ViewSimulation.this.random.nextInt(200), () -> {
					boolean answered = this.lastHeard.getOrDefault(other, 0L) > asked;
					boolean news = answered ? this.exclusion.unsuspected(other, ViewSimulation.this.now)
							: this.exclusion.suspected(Set.of(other), ViewSimulation.this.now);
					if (news) {
						sayAndDecide();
					}
				});
			}
		}

		private void sayAndDecide() {
			List<Report> reports = this.exclusion.reports(ViewSimulation.this.now);
			this.exclusion.others().forEach((other) -> send(other, (receiver) -> receiver.hear(this.own, reports)));
			Set<Address> doubted = silent(SILENCE / 2);
			doubted.addAll(this.exclusion.inDoubt());
			verify(doubted);
			decide();
		}

		private void hear(Address from, List<Report> reports) {
			if (!this.exclusion.isMember(from)) {
				tell(from);
				return;
			}
			boolean news = false;
			for (Report report : reports) {
				news |= this.exclusion.heard(report, ViewSimulation.this.now);
			}
			if (news) {
				sayAndDecide();
			}
		}

		private void tell(Address other) {
			View mine = this.view;
			long lasts = this.exclusion.standsFor(ViewSimulation.this.now);
			send(other, (receiver) -> {
				receiver.exclusion.told(this.own, mine.getViewId().getId(), mine.getMembers(), lasts,
						ViewSimulation.this.now);
				receiver.decide();
			});
		}

		private void tick() {
			if (this.exclusion.isOpen(ViewSimulation.this.now)) {
				sayAndDecide();
			}
		}

		private void decide() {
			Exclusion.Verdict verdict = this.exclusion.decide(ViewSimulation.this.now);
			this.suspects.removeAll(verdict.again());
			this.suspects.addAll(verdict.suspects());
			List<Address> left = new ArrayList<>(this.view.getMembers());
			left.removeAll(this.suspects);
			if (!verdict.suspects().isEmpty() && left.get(0).equals(this.own)) {
				View next = new View(this.own, this.view.getViewId().getId() + 1, left);
				left.forEach((other) -> send(other, (receiver) -> receiver.install(next, true)));
				install(next, true);
			}
		}

		private void install(View next, boolean counted) {
			if (!next.containsMember(this.own) || next.getViewId().getId() <= this.view.getViewId().getId()) {
				return;
			}
			if (counted) {
				this.changes.add(ViewSimulation.this.now);
			}
			View before = this.view;
			this.view = next;
			this.suspects.clear();
			next.getMembers()
				.stream()
				.filter((other) -> !before.containsMember(other))
				.forEach((other) -> this.lastHeard.put(other, ViewSimulation.this.now));
			this.exclusion.installed(next.getViewId().getId(), next.getMembers(), ViewSimulation.this.now)
				.forEach(this::tell);
		}

		private void lookForParts() {
			Map<Address, View> views = new HashMap<>();
			for (Member other : ViewSimulation.this.members) {
				if (isUpBothWays(this, other)) {
					views.put(other.own, other.view);
				}
			}
			if (views.values().stream().map(View::getViewId).distinct().count() == 1) {
				return;
			}
			views.forEach((other, theirs) -> {
				this.exclusion.told(other, theirs.getViewId().getId(), theirs.getMembers(), 0, ViewSimulation.this.now);
				if (theirs.containsMember(this.own) && !this.view.containsMember(other)) {
					tell(other);
				}
			});
			decide();
			if (this.exclusion.isCoordinator()) {
				merge(views);
			}
		}

		private void merge(Map<Address, View> views) {
			MergeRound round = new MergeRound(1, this.own, views);
			for (Address asked : round.members()) {
				Member other = member(asked);
				if (isUpBothWays(this, other)) {
					Set<Address> unreached = new HashSet<>(round.members());
					unreached.removeIf((address) -> isUpBothWays(other, member(address)));
					round.answered(asked, new MergeRound.Answer(other.view.getViewId(),
							other.exclusion.standsFor(ViewSimulation.this.now), unreached));
				}
			}
			MergeRound.Outcome outcome = round.outcome();
			if (outcome.isMerge() && outcome.delay() == 0) {
				Set<Address> all = new LinkedHashSet<>();
				outcome.views().values().forEach((part) -> all.addAll(part.getMembers()));
				long id = outcome.views()
					.values()
					.stream()
					.mapToLong((part) -> part.getViewId().getId())
					.max()
					.orElse(0);
				List<Address> sorted = all.stream().sorted().toList();
				View merged = new View(sorted.get(0), id + 1, sorted);
				sorted.forEach((other) -> send(other, (receiver) -> receiver.install(merged, true)));
			}
		}

		@Override
		public String toString() {
			return "n" + this.number + ": " + present().stream().map((member) -> "n" + member.number).toList();
		}

	}

	private record Task(long at, long order, Runnable action) implements Comparable<Task> {

		@Override
		public int compareTo(Task other) {
			return (this.at != other.at) ? Long.compare(this.at, other.at) : Long.compare(this.order, other.order);
		}

	}

}
