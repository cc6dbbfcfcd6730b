package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jgroups.Address;
import org.jgroups.View;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster in which messages take their time and links are cut in one direction or both.
 * The code that decides is the real thing; the failure detection, the membership and the
 * discovery of parts around it are as coarse as can be, with the times of the engine's.
 */
final class ViewSimulation {

	static final long DETECTION = 8000;

	private static final long SILENCE = 5400;

	private static final long INTERVAL = 800;

	private static final long MERGE = 1600;

	private static final long TICK = 250;

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
			all.add(MemberAddress.newAddress(Node.of("n" + number + "@h"), number));
		}
		View first = new View(all.get(0), 1, all);
		all.forEach((address) -> this.members.add(new Member(address, this.members.size() + 1, first)));
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
	final class Member implements Agreement.Engine {

		final List<Long> changes = new ArrayList<>();

		private final Address own;

		private final int number;

		private final Agreement agreement;

		private final Map<Address, Long> lastHeard = new HashMap<>();

		private final Set<Address> suspects = new LinkedHashSet<>();

		private View view;

		Member(Address own, int number, View first) {
			this.own = own;
			this.number = number;
			this.view = first;
			this.agreement = new Agreement(own, first, DETECTION, this, new AgreementTalk(this::say),
					() -> TimeUnit.MILLISECONDS.toNanos(ViewSimulation.this.now));
			first.getMembers().forEach((other) -> this.lastHeard.put(other, ViewSimulation.this.now));
			this.agreement.installed(first);
		}

		void start() {
			every(INTERVAL, this::beat);
			every(INTERVAL, this::check);
			every(TICK, this.agreement::tick);
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

		private void say(Address to, AgreementHeader header) {
			send(to, (receiver) -> receiver.agreement.take(this.own, header));
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
			this.view.getMembers().forEach((other) -> send(other, (receiver) -> {
			}));
		}

		private void check() {
			if (!silent(SILENCE).isEmpty()) {
				verify(Set.of());
			}
		}

		private Set<Address> silent(long time) {
			Set<Address> silent = new HashSet<>(this.view.getMembers());
			silent.removeIf((other) -> other.equals(this.own)
					|| ViewSimulation.this.now - this.lastHeard.getOrDefault(other, 0L) <= time);
			return silent;
		}

		@Override
		public void verify(Set<Address> members) {
			Set<Address> doubted = silent(SILENCE * 2 / 3);
			doubted.addAll(members);
			for (Address other : doubted) {
				long asked = ViewSimulation.this.now;
				send(other, (receiver) -> receiver.send(this.own, (asker) -> {
				}));
				in(200 + ViewSimulation.this.random.nextInt(200), () -> {
					if (this.lastHeard.getOrDefault(other, 0L) > asked) {
						this.agreement.unsuspected(other);
					}
					else {
						this.agreement.suspected(Set.of(other));
					}
				});
			}
		}

		@Override
		public boolean isLeaving() {
			return false;
		}

		@Override
		public void warn(String cause) {
			assertThat(cause).contains(" without ");
		}

		@Override
		public void suspect(Set<Address> members) {
			in(0, () -> {
				this.suspects.addAll(members);
				List<Address> left = new ArrayList<>(this.view.getMembers());
				if (left.removeAll(this.suspects) && left.get(0).equals(this.own)) {
					View next = new View(this.own, this.view.getViewId().getId() + 1, left);
					left.forEach((other) -> send(other, (receiver) -> receiver.install(next)));
					install(next);
				}
			});
		}

		@Override
		public void unsuspect(Address member) {
			this.suspects.remove(member);
		}

		private void install(View next) {
			if (!next.containsMember(this.own) || next.getViewId().getId() <= this.view.getViewId().getId()) {
				return;
			}
			this.changes.add(ViewSimulation.this.now);
			next.getMembers()
				.stream()
				.filter((other) -> !this.view.containsMember(other))
				.forEach((other) -> this.lastHeard.put(other, ViewSimulation.this.now));
			this.view = next;
			this.suspects.clear();
			this.agreement.installed(next);
		}

		private void lookForParts() {
			Map<Address, View> views = new HashMap<>();
			for (Member other : ViewSimulation.this.members) {
				if (isUpBothWays(this, other)) {
					views.put(other.own, other.view);
				}
			}
			if (views.values().stream().map(View::getViewId).distinct().count() > 1) {
				this.agreement.found(views);
			}
		}

		@Override
		public void merge(Map<Address, View> views) {
			Set<Address> all = new TreeSet<>();
			views.values().forEach((part) -> all.addAll(part.getMembers()));
			Address leader = all.iterator().next();
			if (leader.equals(this.own)) {
				long id = views.values().stream().mapToLong((part) -> part.getViewId().getId()).max().orElse(0);
				View merged = new View(leader, id + 1, List.copyOf(all));
				all.forEach((other) -> send(other, (receiver) -> receiver.install(merged)));
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
