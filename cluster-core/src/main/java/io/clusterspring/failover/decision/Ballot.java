package io.clusterspring.failover.decision;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.time.Moment;

/**
 * The vote of this node about one application. It votes for one claim at a time, and
 * never for a claim with a smaller token than an earlier one. Without a quorum, a vote
 * stands while its claim is seen. With a quorum, it is a promise: it stands until the
 * claimer gives the claim up, or has not renewed it for longer than the lease.
 *
 * <p>
 * A vote is not stored on disk. So, with a quorum, a node that has just started does not
 * vote until all votes of its earlier incarnations have expired. It may vote earlier if
 * all listed nodes are present and report no such vote. Not thread-safe.
 */
final class Ballot {

	private final PlacementRules rules;

	private final Node self;

	private final long incarnation;

	private Moment born;

	private State state;

	Ballot(PlacementRules rules, Node self, long incarnation, Moment born) {
		this.rules = rules;
		this.self = self;
		this.incarnation = incarnation;
		this.born = born;
		this.state = rules.isLeased() ? new Closed(null) : new Free(null);
	}

	@Nullable Vote vote() {
		return (this.state instanceof Promised promised) ? promised.last() : null;
	}

	// whether all votes of earlier incarnations of this node have expired
	boolean isSettled(Moment now) {
		return isOver(this.born, now);
	}

	// another process may have voted in the name of this node, so it must wait like
	// one that has just started
	void forget(Moment now) {
		this.born = now;
		this.state = this.rules.isLeased() ? new Closed(this.state.last()) : new Free(this.state.last());
	}

	// vote, or keep the present vote; this node is among the peers
	void cast(List<PeerReport> peers, boolean complete, Moment now) {
		if (this.state instanceof Closed && (isSettled(now) || (complete && isToldEverything(peers)))) {
			this.state = new Free(this.state.last());
		}
		if (this.state instanceof Promised promised) {
			this.state = stands(promised, peers, now) ? renew(promised, peers, now) : new Free(promised.last());
		}
		if (this.state instanceof Free free) {
			this.state = elect(free, peers, now);
		}
	}

	private boolean isToldEverything(List<PeerReport> peers) {
		return !this.rules.listed().isEmpty()
				&& peers.stream().map(PeerReport::node).toList().containsAll(this.rules.listed())
				&& peers.stream().allMatch((peer) -> peer.node().equals(this.self) || peer.report().settled())
				&& peers.stream().noneMatch(this::isForEarlierLife)
				// a single claim may have had the vote; with two, it is unknown which one
				// had it
				&& peers.stream().filter((peer) -> peer.claim() != null).count() <= 1;
	}

	private boolean isForEarlierLife(PeerReport peer) {
		Vote other = peer.report().vote();
		return other != null && other.node().equals(this.self) && other.incarnation() != this.incarnation;
	}

	private boolean stands(Promised promised, List<PeerReport> peers, Moment now) {
		Vote vote = promised.last();
		return !(this.rules.isLeased() && isOver(promised.heard(), now)) && peers.stream()
			.filter((peer) -> peer.node().equals(vote.node()) && peer.incarnation() == vote.incarnation())
			.findFirst()
			.map((claimer) -> claimer.isClaimer(vote))
			.orElse(this.rules.isLeased());
	}

	private static Promised renew(Promised promised, List<PeerReport> peers, Moment now) {
		return peers.stream()
			.filter((peer) -> peer.isClaimer(promised.last()) && peer.round() > promised.last().round())
			.findFirst()
			.map((claimer) -> new Promised(claimer.vote(), now))
			.orElse(promised);
	}

	private State elect(Free free, List<PeerReport> peers, Moment now) {
		Optional<PeerReport> elected = peers.stream()
			.filter((peer) -> !this.rules.isLeased() || !isOver(peer.at(), now))
			.filter((peer) -> peer.claim() != null && isAcceptable(peer, free.last()))
			.max(Comparator.comparing(PeerReport::isHolder)
				.thenComparing(PeerReport::token)
				.thenComparing(PeerReport::node));
		return elected.isPresent() ? new Promised(elected.get().vote(), now) : free;
	}

	private boolean isAcceptable(PeerReport peer, @Nullable Vote last) {
		// a claim whose vote has expired needs a new round, otherwise it would never
		// expire
		return last == null || peer.token() > last.token()
				|| (peer.isClaimer(last) && (!this.rules.isLeased() || peer.round() > last.round()));
	}

	private boolean isOver(Moment moment, Moment now) {
		return now.since(moment) > this.rules.times().hold();
	}

	/** Each state knows the latest vote, which limits the next one. */
	private sealed interface State {

		@Nullable Vote last();

	}

	/** Votes of earlier incarnations may stand, so this node does not vote. */
	private record Closed(@Nullable Vote last) implements State {
	}

	/** This node has no vote, and gives one to the best claim. */
	private record Free(@Nullable Vote last) implements State {
	}

	/** This node has voted; the claim was renewed last at the given moment. */
	private record Promised(Vote last, Moment heard) implements State {
	}

}
