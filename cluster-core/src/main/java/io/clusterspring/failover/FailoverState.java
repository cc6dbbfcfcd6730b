package io.clusterspring.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The state of all applications on this node. Methods take events, and {@link #settle}
 * returns the actions that follow. It reads no clock and owns no thread. Not thread-safe.
 */
final class FailoverState {

	private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

	private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

	private final Node self;

	private final long incarnation;

	private final Map<String, Placement> placements;

	private final Moment born;

	private final Peers peers;

	private final Map<String, ApplicationState> applications = new TreeMap<>();

	private final Set<Node> toAnswer = new LinkedHashSet<>();

	private final List<Effect> effects = new ArrayList<>();

	private boolean leaving;

	private boolean evicted;

	private boolean told = true;

	private long sequence;

	private @Nullable NodeReport published;

	private Moment spoken;

	private Moment asked;

	/**
	 * Create the state of a node that has just started.
	 * @param self the node
	 * @param incarnation its incarnation
	 * @param placements the placements by the names of applications
	 * @param grace how long this node waits for the answer of another node of the view
	 * @param now the present moment
	 */
	FailoverState(Node self, long incarnation, Map<String, Placement> placements, Duration grace, Moment now) {
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
	 * Return the state of an application. If the application is new, it is added.
	 * @param name its name
	 * @return its state
	 */
	ApplicationState application(String name) {
		return this.applications.computeIfAbsent(name, (added) -> new ApplicationState(added,
				this.placements.getOrDefault(added, Placement.ANYWHERE), this.self, this.incarnation, this.born));
	}

	long incarnation() {
		return this.incarnation;
	}

	/**
	 * Host applications on this node from now on. If an application is new here, this
	 * node first reports it, and claims nothing until all others have answered that
	 * report. So if two nodes add an application at the same time, at least one of them
	 * learns of the other.
	 * @param names the names of the applications
	 */
	void host(Collection<String> names) {
		this.leaving = false;
		if (!this.applications.keySet().containsAll(names)) {
			this.peers.askAnew();
			this.told = false;
		}
		names.forEach((name) -> application(name).attempts().host(true));
	}

	/**
	 * Stop all applications, because the node leaves.
	 */
	void leave() {
		this.leaving = true;
	}

	/**
	 * Stop all applications, because another process has the name of this node. They may
	 * run again when the node is in a view again.
	 * @param alone a list with this node only
	 * @param now the present moment
	 */
	void evicted(List<Node> alone, Moment now) {
		viewChanged(alone, now);
		this.evicted = true;
	}

	void viewChanged(List<Node> nodes, Moment now) {
		if (this.evicted) {
			this.evicted = false;
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
		this.peers.unanswered().forEach((node) -> this.effects.add(new Effect.Ask(node, this.peers.question())));
	}

	void asked(Node node, long life, long question, Moment now) {
		if (this.peers.asked(node, life, now)) {
			this.effects.add(new Effect.Ask(node, this.peers.question()));
		}
		this.effects.add(new Effect.Send(node, report(question, now)));
	}

	void heard(Node node, NodeReport report, Moment now) {
		this.peers.hear(node, report, now);
	}

	/**
	 * A node has sent a frame that cannot be read. No application that it may run is
	 * taken over from it.
	 * @param node the node
	 */
	void unreadable(Node node) {
		this.peers.unreadable(node);
	}

	/**
	 * Permit or forbid this node to run an application. The order is ignored while the
	 * node stops or is evicted: otherwise it would be in force after the return.
	 * @param name the name of the application
	 * @param permitted whether this node may run it
	 * @return whether the order was accepted
	 */
	boolean permit(String name, boolean permitted) {
		ApplicationState application = this.applications.get(name);
		if (application == null || isOff()) {
			return false;
		}
		application.permit(permitted);
		return true;
	}

	/**
	 * Move an application by hand. The order is ignored in the same cases as
	 * {@link #permit}.
	 * @param name the name of the application
	 * @param node the node to move it to
	 * @param now the present moment
	 * @return whether the order was accepted
	 */
	boolean move(String name, Node node, Moment now) {
		if (isOff()) {
			return false;
		}
		application(name).pin(node, now);
		return true;
	}

	/**
	 * Return whether no application runs here.
	 * @return {@code true} if this node may leave
	 */
	boolean isIdle() {
		return this.applications.values().stream().allMatch((application) -> application.claim() == null);
	}

	/**
	 * Decide about all applications, after an event or when time has passed.
	 * @param now the present moment
	 * @return the actions to take, in this order
	 */
	List<Effect> settle(Moment now) {
		this.peers.pass(now);
		if (this.told && now.since(this.asked) >= ASK_AGAIN.toNanos()) {
			ask(now);
		}
		boolean complete = this.peers.isComplete();
		boolean due = now.since(this.spoken) >= silence().toNanos();
		this.applications.forEach((name, application) -> {
			if (due) {
				application.renew(now);
			}
			Vote before = application.vote();
			application.decide(new DecisionInput(this.peers.view(), complete, this.peers.reports(name),
					load(application), absence(), now), this.effects::add);
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

	private Duration silence() {
		return this.applications.values()
			.stream()
			.map(ApplicationState::placement)
			.filter(Placement::isLeased)
			.map(Placement::round)
			.reduce(LONGEST_SILENCE, (one, other) -> (one.compareTo(other) < 0) ? one : other);
	}

	private void speak(boolean due, Moment now) {
		NodeReport report = report(0, now);
		NodeReport before = this.published;
		boolean changed = before == null || before.leaving() != report.leaving()
				|| !Objects.equals(timeless(before), timeless(report));
		if (!this.applications.isEmpty() && (changed || due)) {
			this.published = report;
			this.spoken = now;
			this.effects.add(new Effect.Send(null, report));
		}
		else {
			this.toAnswer.forEach((node) -> this.effects.add(new Effect.Send(node, report(0, now))));
		}
		this.toAnswer.clear();
	}

	private static List<ApplicationReport> timeless(NodeReport report) {
		return report.applications().stream().map(ApplicationReport::timeless).toList();
	}

	private NodeReport report(long answers, Moment now) {
		return new NodeReport(this.incarnation, ++this.sequence, answers, isOff(),
				this.applications.values().stream().map((state) -> state.report(isOff(), now)).toList());
	}

	private boolean isOff() {
		return absence() != null;
	}

	/**
	 * Return the reason why no application may run on this node.
	 * @return the reason, {@code null} if there is none
	 */
	@Nullable Absence absence() {
		if (this.evicted) {
			return Absence.EVICTED;
		}
		return this.leaving ? Absence.LEAVING : null;
	}

	/**
	 * Return the time until the first application must stop here because its term ends.
	 * @param now the present moment
	 * @return the time in nanoseconds, {@code Long.MAX_VALUE} if no term ends
	 */
	long untilNextEnd(Moment now) {
		return this.applications.values()
			.stream()
			.map(ApplicationState::claim)
			.filter((claim) -> claim != null && claim.isGood())
			.mapToLong((claim) -> claim.term().left(now))
			.min()
			.orElse(Long.MAX_VALUE);
	}

	/**
	 * Return the other nodes of the view.
	 * @return the nodes
	 */
	List<Node> others() {
		return this.peers.view().stream().filter((node) -> !node.equals(this.self)).toList();
	}

	/**
	 * Return the reports of all nodes about an application.
	 * @param name its name
	 * @param now the present moment
	 * @return the reports by node
	 */
	Map<Node, ApplicationReport> reports(String name, Moment now) {
		Map<Node, ApplicationReport> reports = new TreeMap<>();
		ApplicationState own = this.applications.get(name);
		if (own != null) {
			reports.put(this.self, own.report(isOff(), now));
		}
		this.peers.reports(name).forEach((peer) -> reports.put(peer.node(), peer.report()));
		return reports;
	}

	List<String> names() {
		return List.copyOf(this.applications.keySet());
	}

}
