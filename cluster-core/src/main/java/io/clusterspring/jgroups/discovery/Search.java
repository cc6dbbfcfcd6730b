package io.clusterspring.jgroups.discovery;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.guard.ConnectionSecurity;
import io.clusterspring.mailbox.ManyNodes;

/**
 * How far a node has come with its search for a coordinator: it is idle, looks in a
 * round, or is about to found the cluster. When a round has shown that another node is to
 * found it, the next round asks that node alone for as long as it answers. Thread-safe;
 * whoever locks it keeps it as it is.
 */
final class Search {

	static final long ROUND_MILLIS = 1000;

	// without news of another node: the handshake of a connection, and three times as
	// much
	// again for a busy machine
	private static final long LONGEST_ROUND_MILLIS = ROUND_MILLIS + 4 * ConnectionSecurity.TIMEOUT;

	private static final long REPEAT_MILLIS = 50;

	private static final State IDLE = new Idle();

	private static final State FOUNDING = new Founding();

	private final LongSupplier nanoClock;

	private State state = IDLE;

	private @Nullable Address founder;

	private long newsAt;

	Search(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	// another cluster, or the same one again
	synchronized void reset() {
		this.state = IDLE;
		this.founder = null;
	}

	synchronized void begin(DiscoveryRound round, Responses found) {
		this.newsAt = this.nanoClock.getAsLong();
		this.state = new Looking(round, found, (this.founder != null) ? new Founder(this.founder, this.newsAt) : null);
	}

	synchronized boolean isFounding() {
		return this.state == FOUNDING;
	}

	// there is a view
	synchronized void ended() {
		this.state = (this.state == FOUNDING) ? IDLE : this.state;
	}

	synchronized void learn(Consumer<DiscoveryRound> news) {
		if (this.state instanceof Looking looking) {
			int before = looking.round.nodes();
			news.accept(looking.round);
			if (looking.round.nodes() > before) {
				this.newsAt = this.nanoClock.getAsLong();
			}
			if (looking.round.isOver() && !isFollowing()) {
				end(looking.round);
			}
		}
	}

	synchronized void answered(Address from, @Nullable PhysicalAddress place) {
		long now = this.nanoClock.getAsLong();
		if (this.state instanceof Looking looking && looking.founder != null && looking.founder.answered(from, now)) {
			this.newsAt = now;
		}
		learn((round) -> round.answeredBy(from, place));
	}

	synchronized void end(DiscoveryRound ending) {
		if (this.state instanceof Looking looking && looking.round == ending) {
			boolean found = looking.responses.isDone();
			boolean first = ending.isFirst();
			this.state = (!found && first) ? FOUNDING : IDLE;
			this.founder = (!found && !first) ? ending.firstOther() : null;
			if (!found) {
				looking.responses.done();
			}
		}
	}

	// an answer may come; where many nodes start at once on a busy machine, their answers
	// come one by one
	synchronized boolean isWorthWaiting(DiscoveryRound round, boolean proving) {
		return this.nanoClock.getAsLong() - this.newsAt < TimeUnit.MILLISECONDS.toNanos(LONGEST_ROUND_MILLIS)
				&& (proving || round.isAnswerAwaited());
	}

	// until what was asked is asked again
	synchronized long pauseMillis() {
		int nodes = (this.state instanceof Looking looking) ? 1 + looking.round.nodes() : 1;
		return Math.round(REPEAT_MILLIS * ManyNodes.slowdown(nodes));
	}

	// the node that is asked whatever it has answered: it becomes the coordinator, or
	// knows another one
	synchronized @Nullable Address first() {
		if (!(this.state instanceof Looking looking)) {
			return null;
		}
		return (looking.founder != null && isFollowing()) ? looking.founder.address() : looking.round.firstOther();
	}

	synchronized boolean isFollowing() {
		return this.state instanceof Looking looking && looking.founder != null
				&& looking.founder.isAwaited(this.nanoClock.getAsLong());
	}

	synchronized void lost(Address first) {
		if (this.state instanceof Looking looking && looking.founder != null
				&& looking.founder.address().equals(first)) {
			looking.founder.lost();
		}
	}

	synchronized boolean hasAnswered(PhysicalAddress place) {
		return this.state instanceof Looking looking && looking.round.hasAnswered(place);
	}

	/** Idle, looking for a coordinator, or about to become one. */
	private sealed interface State {

	}

	private record Idle() implements State {
	}

	private record Looking(DiscoveryRound round, Responses responses, @Nullable Founder founder) implements State {
	}

	private record Founding() implements State {
	}

}
