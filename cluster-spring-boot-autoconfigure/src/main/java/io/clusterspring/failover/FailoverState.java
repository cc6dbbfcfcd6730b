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
 * All applications as this node sees them: takes what happens, gives what is to be done.
 * It reads no clock and owns no thread. Not thread-safe.
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
	 * Create the state of a node that has just come to life.
	 * @param self the node
	 * @param incarnation its life
	 * @param placements where applications may run
	 * @param grace how long a node of the view may owe an answer before it is gone on
	 * without
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
	 * Return an application, which is known from now on.
	 * @param name its name
	 * @return the application
	 */
	ApplicationState application(String name) {
		return this.applications.computeIfAbsent(name, (added) -> new ApplicationState(added,
				this.placements.getOrDefault(added, Placement.ANYWHERE), this.self, this.incarnation, this.born));
	}

	long incarnation() {
		return this.incarnation;
	}

	/**
	 * These can be run here from now on. Nothing is claimed until all others have
	 * answered after they were told of applications that are new here: of two nodes that
	 * add one at the same time, one hears of the other.
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
	 * The node is about to go: nothing is to run here any more.
	 */
	void leave() {
		this.leaving = true;
	}

	/**
	 * Another process has the name of this node: nothing is to run here until the node is
	 * in a view again.
	 * @param alone this node
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
	 * A node has told something that cannot be read: nothing that it may run is taken
	 * over from it.
	 * @param node the node
	 */
	void unreadable(Node node) {
		this.peers.unreadable(node);
	}

	/**
	 * Permit or forbid this node to run an application. It does not count if nothing is
	 * to run here anyway: it would be in force when the node is back.
	 * @param name the name of the application
	 * @param permitted whether this node may
	 * @return whether it counts
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
	 * Move an application by hand. It does not count if nothing is to run here, as with
	 * {@link #permit}.
	 * @param name the name of the application
	 * @param node where to
	 * @param now the present moment
	 * @return whether it counts
	 */
	boolean move(String name, Node node, Moment now) {
		if (isOff()) {
			return false;
		}
		application(name).pin(node, now);
		return true;
	}

	/**
	 * Return whether nothing of any application runs here.
	 * @return {@code true} if this node may go
	 */
	boolean isIdle() {
		return this.applications.values().stream().allMatch((application) -> application.tenancy() == null);
	}

	/**
	 * Decide about everything, after something has happened or time has gone by.
	 * @param now the present moment
	 * @return what is to be done, in this order
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
			application.decide(new Surroundings(this.peers.view(), complete, this.peers.sightings(name),
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
			.filter((other) -> other != except && other.tenancy() != null)
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
	 * Return why nothing is to run on this node.
	 * @return the reason, {@code null} if there is none
	 */
	@Nullable Absence absence() {
		if (this.evicted) {
			return Absence.EVICTED;
		}
		return this.leaving ? Absence.LEAVING : null;
	}

	/**
	 * Return how long it is until an application has to be stopped here for want of
	 * votes.
	 * @param now the present moment
	 * @return nanoseconds, {@code Long.MAX_VALUE} if there is none
	 */
	long untilNextEnd(Moment now) {
		return this.applications.values()
			.stream()
			.map(ApplicationState::tenancy)
			.filter((tenancy) -> tenancy != null && tenancy.isGood())
			.mapToLong((tenancy) -> tenancy.term().left(now))
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
	 * Return what every node tells of an application, the oldest node first.
	 * @param name its name
	 * @param now the present moment
	 * @return the reports, by node
	 */
	Map<Node, ApplicationReport> reports(String name, Moment now) {
		Map<Node, ApplicationReport> reports = new TreeMap<>();
		ApplicationState own = this.applications.get(name);
		if (own != null) {
			reports.put(this.self, own.report(isOff(), now));
		}
		this.peers.sightings(name).forEach((sighting) -> reports.put(sighting.node(), sighting.report()));
		return reports;
	}

	List<String> names() {
		return List.copyOf(this.applications.keySet());
	}

}
