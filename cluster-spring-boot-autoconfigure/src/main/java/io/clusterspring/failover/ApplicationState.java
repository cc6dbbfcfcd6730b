package io.clusterspring.failover;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.Claim.Stage;

/**
 * One application as this node sees it, and what it does about it: claims it when it is
 * the one to run it, starts it with the votes it needs, and stops it when it should not
 * run here any more. Not thread-safe.
 */
final class ApplicationState {

	private static final int MOST_STEPS = 4;

	private final String name;

	private final Placement placement;

	private final Node self;

	private final long incarnation;

	private final Ballot ballot;

	private final Succession succession;

	private final Attempts attempts = new Attempts();

	private final PlacementCheck check;

	private final Pins pins = new Pins();

	private boolean permitted = true;

	private long seen;

	private @Nullable Tenancy tenancy;

	ApplicationState(String name, Placement placement, Node self, long incarnation, Moment born) {
		this.name = name;
		this.placement = placement;
		this.self = self;
		this.incarnation = incarnation;
		this.ballot = new Ballot(placement, self, incarnation, born);
		this.succession = new Succession(self, placement.timeout());
		this.check = new PlacementCheck(name, placement);
	}

	Placement placement() {
		return this.placement;
	}

	Attempts attempts() {
		return this.attempts;
	}

	@Nullable Tenancy tenancy() {
		return this.tenancy;
	}

	@Nullable String refusal() {
		return this.check.refusal();
	}

	void permit(boolean allowed) {
		this.permitted = allowed;
		this.attempts.forget();
	}

	/**
	 * The node is back under its name, in which another one may have voted.
	 * @param now the present moment
	 */
	void comeBack(Moment now) {
		this.ballot.forget(now);
	}

	void pin(Node node, Moment now) {
		this.pins.pin(node, now);
		this.attempts.forget();
	}

	@Nullable Vote vote() {
		return this.ballot.vote();
	}

	void renew(Moment now) {
		if (this.tenancy != null && this.placement.isLeased()) {
			this.tenancy.lease().renew(now);
		}
	}

	/**
	 * Decide.
	 * @param around what is known
	 * @param effects takes what is to be done
	 */
	void decide(Surroundings around, Consumer<Effect> effects) {
		learn(around);
		this.check.check(around, assemble(around).measure(), effects);
		Stage before;
		int steps = 0;
		do {
			before = stage();
			cast(around);
			step(around, effects);
		}
		while (before != stage() && ++steps < MOST_STEPS);
		cast(around);
	}

	private void learn(Surroundings around) {
		for (Sighting other : around.others()) {
			this.seen = Math.max(this.seen, Math.max(other.report().seen(), other.token()));
		}
		if (this.pins.learn(around) && this.self.equals(this.pins.node())) {
			this.attempts.forget();
		}
		this.succession.learn(around);
	}

	private Assembly assemble(Surroundings around) {
		Sighting own = new Sighting(this.self, this.incarnation, around.leaving(), around.now(), around.load(),
				report(around.leaving(), around.now()));
		return new Assembly(this.placement, this.check.text(), around.view(), own, fresh(around));
	}

	// with a lease only what is not older than that counts
	private List<Sighting> fresh(Surroundings around) {
		return around.others()
			.stream()
			.filter((other) -> !this.placement.isLeased() || around.now().since(other.at()) <= this.placement.hold())
			.toList();
	}

	private void cast(Surroundings around) {
		this.ballot.cast(assemble(around).alike(), around.complete(), around.now());
	}

	private @Nullable Stage stage() {
		return (this.tenancy != null) ? this.tenancy.stage() : null;
	}

	private void step(Surroundings around, Consumer<Effect> effects) {
		Assembly assembly = assemble(around);
		Tenancy present = this.tenancy;
		if (present == null) {
			if (mayClaim(assembly, around)) {
				this.seen = Math.max(this.seen + 1, around.now().wall());
				this.tenancy = new Tenancy(this.placement, this.seen, around.now());
			}
			return;
		}
		present.count(assembly.votes(this.incarnation, present.token()));
		if (present.stage() == Stage.CLAIMED) {
			press(present, assembly, around, effects);
		}
		// one whose start hangs was interrupted, and can be told no more
		else if (present.isGood()) {
			String cause = causeToStop(present, assembly, around);
			if (cause != null) {
				present.enter(Stage.STOPPING, around.now());
				effects.accept(new Effect.Stop(this.name, present.token(), cause));
			}
		}
	}

	private boolean mayClaim(Assembly assembly, Surroundings around) {
		return readiness(around.leaving(), around.now()).isAble() && around.complete()
				&& fresh(around).stream().allMatch((other) -> other.claim() == null)
				&& !this.succession.isWaiting(around) && isStarter(assembly)
				&& assembly.voters().size() >= this.placement.required();
	}

	private boolean isStarter(Assembly assembly) {
		return this.self.equals(assembly.starter(this.pins.node(), this.succession.lastNode()));
	}

	private void press(Tenancy present, Assembly assembly, Surroundings around, Consumer<Effect> effects) {
		boolean outdone = fresh(around).stream()
			.anyMatch((other) -> other.isHolder() || other.outdoes(present.token(), this.self));
		boolean stale = this.seen > present.token() || present.isOld(around.now());
		if (outdone || stale || !isStarter(assembly)) {
			this.tenancy = null;
		}
		else if (isElected(present, assembly, around)) {
			present.enter(Stage.STARTING, around.now());
			effects.accept(new Effect.Start(this.name, this.succession.reason(around, present.token())));
		}
	}

	private boolean isElected(Tenancy present, Assembly assembly, Surroundings around) {
		return around.complete() && (this.placement.isLeased() ? present.isValid(around.now())
				: assembly.votes(this.incarnation, present.token()).size() == assembly.voters().size());
	}

	private @Nullable String causeToStop(Tenancy present, Assembly assembly, Surroundings around) {
		Absence absence = around.absence();
		if (absence != null) {
			return absence.cause();
		}
		if (!this.permitted) {
			return "it is forbidden here";
		}
		if (this.check.isOutdone()) {
			return this.check.refusal();
		}
		if (!present.isValid(around.now())) {
			return "fewer than " + this.placement.required() + " nodes agree";
		}
		List<Sighting> holders = around.others().stream().filter(Sighting::isHolder).toList();
		for (Sighting other : holders) {
			if (other.outdoes(present.token(), this.self)) {
				return "it runs at " + other.node() + " too, with a later token";
			}
		}
		// of several the latest stays, whose token counts
		Node better = holders.isEmpty() ? assembly.better(this.pins.node(), around.load()) : this.self;
		// a start is waited for, unless somebody has moved the application elsewhere
		boolean movable = present.stage() == Stage.RUNNING || better.equals(this.pins.node());
		return (better.equals(this.self) || !movable) ? null : better + " takes it over";
	}

	private Readiness readiness(boolean leaving, Moment now) {
		boolean allowed = !leaving && this.permitted && this.check.refusal() == null && this.placement.names(this.self);
		return this.attempts.readiness(allowed, now);
	}

	/**
	 * The application runs.
	 * @param token the token it was started with
	 * @param now the present moment
	 */
	void started(long token, Moment now) {
		Tenancy present = this.tenancy;
		if (present == null || present.token() != token) {
			return;
		}
		this.attempts.succeeded();
		this.succession.ran(token, false);
		if (present.stage() == Stage.STARTING) {
			present.enter(Stage.RUNNING, now);
		}
	}

	/**
	 * The start has not come back in time. Until it has, the application is kept from all
	 * others: it may be at work.
	 * @param token the token it was to start with
	 */
	void startHangs(long token) {
		this.attempts.hang(true);
		if (this.tenancy != null && this.tenancy.token() == token) {
			this.tenancy.hang();
		}
	}

	/**
	 * The stop has not come back in time, and the application is taken as stopped.
	 * @param token the token it was started with
	 */
	void stopHangs(long token) {
		this.attempts.hang(true);
		stopped(token);
	}

	/**
	 * The application does not run here any more.
	 * @param token the token it was started with
	 */
	void stopped(long token) {
		if (this.tenancy != null && this.tenancy.token() == token) {
			Tenure last = this.succession.last();
			if (last != null && last.token() == token) {
				this.succession.ran(token, true);
			}
			this.tenancy = null;
		}
	}

	/**
	 * The application could not be started.
	 * @param token the token it was to start with
	 * @param now the present moment
	 * @return how long this node does not try again
	 */
	Duration failed(long token, Moment now) {
		if (this.tenancy != null && this.tenancy.token() == token) {
			this.tenancy = null;
		}
		return this.attempts.failed(now);
	}

	ApplicationReport report(boolean leaving, Moment now) {
		Tenancy present = this.tenancy;
		return new ApplicationReport(this.name, this.check.text(), readiness(leaving, now), this.permitted,
				this.ballot.isSettled(now), (present != null) ? present.claim() : null, this.ballot.vote(), this.seen,
				this.succession.last(), this.pins.pin(), this.check.electorate());
	}

}
