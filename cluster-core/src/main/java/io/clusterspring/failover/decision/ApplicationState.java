package io.clusterspring.failover.decision;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.decision.DecisionInput.Absence;
import io.clusterspring.failover.decision.LocalClaim.Phase;
import io.clusterspring.failover.time.Moment;

/**
 * Decides about one application on this node: claims it if this node should run it,
 * starts it with the votes it needs, and stops it when it must not run here any more. Not
 * thread-safe.
 */
final class ApplicationState {

	private static final int MOST_STEPS = 4;

	private final String name;

	private final PlacementRules rules;

	private final Node self;

	private final long incarnation;

	private final Ballot ballot;

	private final Succession succession;

	private final StartAttempts attempts = new StartAttempts();

	private final PlacementCheck check;

	private final Pins pins = new Pins();

	private boolean permitted = true;

	/** The greatest token that this node knows. */
	private long seen;

	private @Nullable LocalClaim claim;

	ApplicationState(String name, Placement placement, Node self, long incarnation, Moment born) {
		this.name = name;
		this.rules = PlacementRules.of(placement);
		this.self = self;
		this.incarnation = incarnation;
		this.ballot = new Ballot(this.rules, self, incarnation, born);
		this.succession = new Succession(self, placement.timeout());
		this.check = new PlacementCheck(name, this.rules);
	}

	PlacementRules rules() {
		return this.rules;
	}

	StartAttempts attempts() {
		return this.attempts;
	}

	@Nullable LocalClaim claim() {
		return this.claim;
	}

	@Nullable Vote vote() {
		return this.ballot.vote();
	}

	void permit(boolean allowed) {
		this.permitted = allowed;
		this.attempts.forget();
	}

	void pin(Node node, Moment now) {
		this.pins.pin(node, now);
		this.attempts.forget();
	}

	// the node has rejoined; another process may have voted under its name meanwhile
	void comeBack(Moment now) {
		this.ballot.forget(now);
	}

	void renew(Moment now) {
		if (this.claim != null && this.rules.isLeased()) {
			this.claim.lease().renew(now);
		}
	}

	void decide(DecisionInput input, Consumer<Effect> effects) {
		learn(input);
		this.check.check(input, participants(input).measure(), effects);
		Phase before;
		int steps = 0;
		do {
			before = phase();
			cast(input);
			step(input, participants(input), effects);
		}
		while (before != phase() && ++steps < MOST_STEPS);
		cast(input);
	}

	private void learn(DecisionInput input) {
		for (PeerReport other : input.others()) {
			this.seen = Math.max(this.seen, Math.max(other.report().seen(), other.token()));
		}
		if (this.pins.learn(input) && this.self.equals(this.pins.node())) {
			this.attempts.forget();
		}
		this.succession.learn(input);
	}

	private Participants participants(DecisionInput input) {
		PeerReport own = new PeerReport(this.self, this.incarnation, input.leaving(), input.now(), input.load(),
				report(input.leaving(), input.now()));
		return new Participants(this.rules, this.check.text(), input.view(), own, fresh(input));
	}

	// with a lease, older reports do not count
	private List<PeerReport> fresh(DecisionInput input) {
		return input.others()
			.stream()
			.filter((other) -> !this.rules.isLeased() || input.now().since(other.at()) <= this.rules.times().hold())
			.toList();
	}

	private void cast(DecisionInput input) {
		this.ballot.cast(participants(input).alike(), input.complete(), input.now());
	}

	private @Nullable Phase phase() {
		return (this.claim != null) ? this.claim.phase() : null;
	}

	private void step(DecisionInput input, Participants participants, Consumer<Effect> effects) {
		LocalClaim present = this.claim;
		if (present == null) {
			if (mayClaim(participants, input)) {
				this.seen = Math.max(this.seen + 1, input.now().wall());
				this.claim = new LocalClaim(this.rules, this.seen, input.now());
			}
			return;
		}
		present.count(participants.votes(this.incarnation, present.token()));
		if (present.phase() == Phase.CANDIDATE) {
			tryToStart(present, participants, input, effects);
		}
		else if (present.isGood()) {
			String cause = causeToStop(present, participants, input);
			if (cause != null) {
				present.enter(Phase.STOPPING, input.now());
				effects.accept(new Effect.Stop(this.name, present.token(), cause));
			}
		}
	}

	private boolean mayClaim(Participants participants, DecisionInput input) {
		return readiness(input.leaving(), input.now()).isAble() && input.complete()
				&& fresh(input).stream().allMatch((other) -> other.claim() == null)
				&& !this.succession.isWaiting(input.now()) && isStarter(participants)
				&& participants.voters().size() >= this.rules.required();
	}

	private boolean isStarter(Participants participants) {
		return this.self.equals(participants.starter(this.pins.node(), this.succession.lastNode()));
	}

	private void tryToStart(LocalClaim present, Participants participants, DecisionInput input,
			Consumer<Effect> effects) {
		boolean preceded = fresh(input).stream()
			.anyMatch((other) -> other.isHolder() || other.precedes(present.token(), this.self));
		boolean stale = this.seen > present.token() || present.isOld(input.now());
		if (preceded || stale || !isStarter(participants)) {
			this.claim = null;
		}
		else if (isElected(present, participants, input)) {
			present.enter(Phase.STARTING, input.now());
			effects.accept(new Effect.Start(this.name, this.succession.reason(input, present.token())));
		}
	}

	private boolean isElected(LocalClaim present, Participants participants, DecisionInput input) {
		return input.complete() && (this.rules.isLeased() ? present.isValid(input.now())
				: participants.votes(this.incarnation, present.token()).size() == participants.voters().size());
	}

	private @Nullable String causeToStop(LocalClaim present, Participants participants, DecisionInput input) {
		if (input.absence() != null) {
			return input.absence().cause();
		}
		if (!this.permitted) {
			return "it is forbidden on this node";
		}
		if (this.check.isWeaker()) {
			return this.check.refusal();
		}
		if (!present.isValid(input.now())) {
			return "fewer than " + this.rules.required() + " nodes agree";
		}
		return causeByOthers(present, participants, input);
	}

	// the owner with the latest token stays, if there are several
	private @Nullable String causeByOthers(LocalClaim present, Participants participants, DecisionInput input) {
		List<PeerReport> holders = input.others().stream().filter(PeerReport::isHolder).toList();
		if (!holders.isEmpty()) {
			return holders.stream()
				.filter((other) -> other.precedes(present.token(), this.self))
				.findFirst()
				.map((other) -> "it also runs on " + other.node() + ", with a later token")
				.orElse(null);
		}
		Node better = participants.better(this.pins.node(), input.load());
		// a start may finish first, unless the application was moved elsewhere by hand
		boolean movable = present.phase() == Phase.RUNNING || better.equals(this.pins.node());
		return (better.equals(this.self) || !movable) ? null : better + " takes it over";
	}

	private Readiness readiness(boolean leaving, Moment now) {
		boolean allowed = !leaving && this.permitted && this.check.refusal() == null && this.rules.names(this.self);
		return this.attempts.readiness(allowed, now);
	}

	// take the result of a call of the application, for the token of its start
	void called(long token, CallResult result, Moment now) {
		this.attempts.called(result, now);
		LocalClaim present = this.claim;
		if (present == null || present.token() != token) {
			return;
		}
		switch (result) {
			case STARTED -> {
				this.attempts.forget();
				this.succession.started(token);
				present.started(now);
			}
			case START_HANGS -> present.hang();
			case FAILED -> {
				this.claim = null;
			}
			case STOPPED, STOP_HANGS -> {
				this.succession.stopped(token);
				this.claim = null;
			}
			case CAME_BACK -> {
			}
		}
	}

	ApplicationReport report(boolean leaving, Moment now) {
		return new ApplicationReport(this.name, this.check.text(), readiness(leaving, now), this.permitted,
				this.ballot.isSettled(now), (this.claim != null) ? this.claim.claim() : null, this.ballot.vote(),
				this.seen, this.succession.last(), this.pins.pin(), this.check.electorate());
	}

	// any thread may have it described
	Supplier<ApplicationStatus> status(@Nullable Absence absence, Map<Node, ApplicationReport> reports) {
		String refusal = this.check.refusal();
		return () -> StatusDescription.of(this.name, this.rules.placement(), refusal, absence, reports);
	}

}
