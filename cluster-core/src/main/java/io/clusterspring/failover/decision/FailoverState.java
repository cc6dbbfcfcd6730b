package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.decision.DecisionInput.Absence;
import io.clusterspring.failover.time.Moment;
import io.clusterspring.failover.time.Term;
import io.clusterspring.mailbox.ManyNodes;

/**
 * The state of all applications on this node. Methods take events, and {@link #settle}
 * returns the actions that follow. It reads no clock and owns no thread. Not thread-safe.
 */
public final class FailoverState {

	// a report that repeats the one before heals only what was lost, so among many nodes
	// it may take longer: each node sends it to each other one
	private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

	/** How much longer than failure detection the grace time is. */
	private static final Duration MARGIN = Duration.ofSeconds(4);

	private static final Duration LONGEST_TICK = Duration.ofMillis(100);

	private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

	private final Node self;

	private final long incarnation;

	private final Map<String, Placement> placements;

	private final Moment born;

	private final Peers peers;

	private final Map<String, ApplicationState> applications = new TreeMap<>();

	private final Set<Node> toAnswer = new LinkedHashSet<>();

	private final List<Effect> effects = new ArrayList<>();

	private final Set<Absence> absences = EnumSet.noneOf(Absence.class);

	private boolean told = true;

	private long sequence;

	private @Nullable NodeReport published;

	private Moment spoken;

	private Moment asked;

	/**
	 * Create the state of a node that has just started.
	 * @param placements the placements by the names of applications
	 * @param grace how long this node waits for the answer of another node of the view
	 */
	public FailoverState(Node self, long incarnation, Map<String, Placement> placements, Duration grace, Moment now) {
		this.self = self;
		this.incarnation = incarnation;
		this.placements = Map.copyOf(placements);
		this.born = now;
		this.spoken = now;
		this.asked = now;
		this.peers = new Peers(self, incarnation, grace, now);
		this.placements.keySet().forEach(this::application);
	}

	/**
	 * Return how long to wait for the answer of another node. A node that is in the view
	 * for longer than failure detection is alive, so it has no distributed applications.
	 */
	public static Duration grace(Duration detection) {
		return detection.plus(MARGIN);
	}

	// the state of an application, which is added if it is new
	ApplicationState application(String name) {
		return this.applications.computeIfAbsent(name, (added) -> new ApplicationState(added,
				this.placements.getOrDefault(added, Placement.ANYWHERE), this.self, this.incarnation, this.born));
	}

	/**
	 * Host applications on this node from now on. If an application is new here, this
	 * node first reports it, and claims nothing until all others have answered that
	 * report. So if two nodes add an application at the same time, at least one of them
	 * learns of the other.
	 */
	public void host(Collection<String> names) {
		this.absences.remove(Absence.LEAVING);
		if (!this.applications.keySet().containsAll(names)) {
			this.peers.askAnew();
			this.told = false;
		}
		names.forEach((name) -> application(name).attempts().host());
	}

	/** Stop all applications, because the node leaves. */
	public void leave() {
		this.absences.add(Absence.LEAVING);
	}

	// stop all applications until the next view: another process has this node's name
	public void evicted(List<Node> alone, Moment now) {
		viewChanged(alone, now);
		this.absences.add(Absence.EVICTED);
	}

	// the view has changed; its oldest node comes first
	public void viewChanged(List<Node> nodes, Moment now) {
		if (this.absences.remove(Absence.EVICTED)) {
			this.applications.values().forEach((application) -> application.comeBack(now));
		}
		this.peers.install(nodes, now);
		ask(now);
	}

	private void ask(Moment now) {
		if (this.applications.isEmpty()) {
			return;
		}
		this.asked = now;
		this.peers.unanswered().forEach(this::ask);
	}

	private void ask(Node node) {
		send(List.of(node), new FailoverFrame.Ask(this.incarnation, this.peers.question()));
	}

	private void send(List<Node> receivers, FailoverFrame frame) {
		this.effects.add(new Effect.Send(receivers, frame));
	}

	// receive a report or a question of another node
	public void receive(Node node, FailoverFrame frame, Moment now) {
		if (frame instanceof NodeReport report) {
			this.peers.hear(node, report, now);
		}
		else if (frame instanceof FailoverFrame.Ask ask) {
			if (this.peers.asked(node, ask.incarnation(), now)) {
				ask(node);
			}
			send(List.of(node), report(ask.question(), now));
		}
	}

	// a node has sent a frame that cannot be read. No application that it may run is
	// taken
	// over from it
	public void unreadable(Node node) {
		this.peers.unreadable(node);
	}

	// permit or forbid this node to run an application. The order is not accepted while
	// the
	// node stops or is evicted: otherwise it would be in force after the return
	public boolean permit(String name, boolean permitted) {
		ApplicationState application = this.applications.get(name);
		if (application == null || isOff()) {
			return false;
		}
		application.permit(permitted);
		return true;
	}

	// move an application by hand; accepted in the same cases as permit
	public boolean move(String name, Node node, Moment now) {
		if (isOff()) {
			return false;
		}
		application(name).pin(node, now);
		return true;
	}

	// take the result of a call of an application, for the token of its start
	public void called(String name, long token, CallResult result, Moment now) {
		application(name).called(token, result, now);
	}

	// how long this node waits after the latest failed start
	public Duration pause(String name) {
		return application(name).attempts().pause();
	}

	// whether no application runs here, so that this node may leave
	public boolean isIdle() {
		return this.applications.values().stream().allMatch((application) -> application.claim() == null);
	}

	// decide, after an event or when time has passed; return the actions in their order
	public List<Effect> settle(Moment now) {
		this.peers.pass(now);
		if (this.told && now.since(this.asked) >= ASK_AGAIN.toNanos()) {
			ask(now);
		}
		boolean complete = this.peers.isComplete();
		boolean due = now.since(this.spoken) >= shortestRound(1, longestSilence()).toNanos();
		this.applications.forEach((name, application) -> {
			if (due) {
				application.renew(now);
			}
			Vote before = application.vote();
			application.decide(new DecisionInput(this.peers.view(), complete, this.peers.reports(name),
					load(application), absent(), now), this.effects::add);
			Vote after = application.vote();
			if (after != null && !after.equals(before) && !after.node().equals(this.self)) {
				this.toAnswer.add(after.node());
			}
		});
		speak(due, now);
		if (!this.told) {
			this.told = true;
			ask(now);
		}
		List<Effect> todo = List.copyOf(this.effects);
		this.effects.clear();
		return todo;
	}

	private int load(ApplicationState except) {
		return (int) this.applications.values()
			.stream()
			.filter((other) -> other != except && other.claim() != null)
			.count();
	}

	private Duration longestSilence() {
		return Duration.ofNanos(Math.round(LONGEST_SILENCE.toNanos() * ManyNodes.slowdown(this.peers.view().size())));
	}

	// the longest time between two calls of settle
	public Duration tick() {
		return shortestRound(2, LONGEST_TICK);
	}

	private Duration shortestRound(int part, Duration longest) {
		return this.applications.values()
			.stream()
			.map(ApplicationState::rules)
			.filter(PlacementRules::isLeased)
			.map((rules) -> rules.times().round().dividedBy(part))
			.reduce(longest, (one, other) -> (one.compareTo(other) < 0) ? one : other);
	}

	private void speak(boolean due, Moment now) {
		NodeReport report = report(0, now);
		NodeReport before = this.published;
		if (!this.applications.isEmpty() && (due || before == null || !before.timeless().equals(report.timeless()))) {
			this.published = report;
			this.spoken = now;
			send(this.peers.view().stream().filter((node) -> !node.equals(this.self)).toList(), report);
		}
		else {
			this.toAnswer.forEach((node) -> send(List.of(node), report(0, now)));
		}
		this.toAnswer.clear();
	}

	private NodeReport report(long answers, Moment now) {
		return new NodeReport(this.incarnation, ++this.sequence, answers, isOff(),
				this.applications.values().stream().map((state) -> state.report(isOff(), now)).toList());
	}

	private boolean isOff() {
		return !this.absences.isEmpty();
	}

	private @Nullable Absence absent() {
		return this.absences.isEmpty() ? null : this.absences.iterator().next();
	}

	// why no application may run here and no order is accepted, if so
	public @Nullable String absence() {
		Absence absent = absent();
		return (absent != null) ? absent.cause() : null;
	}

	// the terms of the applications that may be at work here, by their names
	public Map<String, Term> terms() {
		Map<String, Term> terms = new HashMap<>();
		this.applications.forEach((name, application) -> {
			LocalClaim claim = application.claim();
			if (claim != null && claim.isGood()) {
				terms.put(name, claim.term());
			}
		});
		return Map.copyOf(terms);
	}

	// the nanoseconds until the first application must stop here because its term ends,
	// Long.MAX_VALUE if no term ends
	public long untilNextEnd(Moment now) {
		return terms().values().stream().mapToLong((term) -> term.left(now)).min().orElse(Long.MAX_VALUE);
	}

	// the status of all applications at this moment, sorted by name. Any thread may have
	// it described, and only one that asks for it pays for that
	public Supplier<List<ApplicationStatus>> statuses(Moment now) {
		List<Supplier<ApplicationStatus>> all = this.applications.entrySet()
			.stream()
			.map((entry) -> entry.getValue().status(absent(), reports(entry.getKey(), now)))
			.toList();
		return () -> all.stream().map(Supplier::get).toList();
	}

	// the reports of all nodes about an application
	Map<Node, ApplicationReport> reports(String name, Moment now) {
		Map<Node, ApplicationReport> reports = new HashMap<>();
		ApplicationState own = this.applications.get(name);
		if (own != null) {
			reports.put(this.self, own.report(isOff(), now));
		}
		this.peers.reports(name).forEach((peer) -> reports.put(peer.node(), peer.report()));
		return reports;
	}

}
