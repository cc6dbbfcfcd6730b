package io.clusterspring.failover.decision;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.time.Moment;

/**
 * The vote of this node about one application. It votes for one claim at a time, and
 * never for a claim with a smaller token than an earlier one. Without a quorum, a vote
 * stands while its claim is seen. With a quorum, it stands until the claimer gives the
 * claim up, or has not renewed it for longer than the lease.
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

	private @Nullable Vote vote;

	private Moment heard;

	private @Nullable Vote promised;

	private boolean open;

	Ballot(PlacementRules rules, Node self, long incarnation, Moment born) {
		this.rules = rules;
		this.self = self;
		this.incarnation = incarnation;
		this.born = born;
		this.heard = born;
		this.open = !rules.isLeased();
	}

	@Nullable Vote vote() {
		return this.vote;
	}

	/**
	 * Return whether all votes of earlier incarnations of this node have expired.
	 * @param now the present moment
	 * @return {@code true} when a vote's whole lifetime has passed since the start
	 */
	boolean isSettled(Moment now) {
		return now.since(this.born) > this.rules.times().hold();
	}

	/**
	 * Forget the vote. Another process may have voted in the name of this node, so it
	 * must wait like a node that has just started.
	 * @param now the present moment
	 */
	void forget(Moment now) {
		this.born = now;
		this.vote = null;
		this.open = !this.rules.isLeased();
	}

	/**
	 * Vote, or keep the present vote.
	 * @param peers the reports of the nodes with the same placement, this node included
	 * @param complete whether all nodes of the view have answered
	 * @param now the present moment
	 */
	void cast(List<PeerReport> peers, boolean complete, Moment now) {
		this.open = this.open || isSettled(now) || (complete && isToldEverything(peers));
		if (!this.open) {
			return;
		}
		Vote present = this.vote;
		if (present != null && !stands(present, peers, now)) {
			present = null;
		}
		this.vote = (present != null) ? renew(present, peers, now) : elect(peers, now);
	}

	private boolean isToldEverything(List<PeerReport> peers) {
		List<Node> present = peers.stream().map(PeerReport::node).toList();
		return !this.rules.listed().isEmpty() && present.containsAll(this.rules.listed())
				&& peers.stream().allMatch((peer) -> isSelf(peer) || peer.report().settled())
				&& peers.stream().noneMatch(this::isForEarlierLife)
				// a single claim may have had the vote; with two, it is unknown which one
				// had it
				&& peers.stream().filter((peer) -> peer.claim() != null).count() <= 1;
	}

	private boolean isSelf(PeerReport peer) {
		return peer.node().equals(this.self);
	}

	private boolean isForEarlierLife(PeerReport peer) {
		Vote other = peer.report().vote();
		return other != null && other.node().equals(this.self) && other.incarnation() != this.incarnation;
	}

	private boolean stands(Vote present, List<PeerReport> peers, Moment now) {
		if (this.rules.isLeased() && isOver(this.heard, now)) {
			return false;
		}
		for (PeerReport peer : peers) {
			if (peer.node().equals(present.node()) && peer.incarnation() == present.incarnation()) {
				return peer.isClaimer(present);
			}
		}
		return this.rules.isLeased();
	}

	private Vote renew(Vote present, List<PeerReport> peers, Moment now) {
		for (PeerReport peer : peers) {
			Claim claim = peer.claim();
			if (claim != null && peer.isClaimer(present) && claim.round() > present.round()) {
				this.heard = now;
				this.promised = present.atRound(claim.round());
				return present.atRound(claim.round());
			}
		}
		return present;
	}

	private @Nullable Vote elect(List<PeerReport> peers, Moment now) {
		Vote elected = peers.stream()
			.filter((peer) -> !this.rules.isLeased() || !isOver(peer.at(), now))
			.filter(this::isAcceptable)
			.max(Comparator.comparing(PeerReport::isHolder)
				.thenComparing(PeerReport::token)
				.thenComparing(PeerReport::node))
			.map(PeerReport::vote)
			.orElse(null);
		if (elected != null) {
			this.promised = elected;
			this.heard = now;
		}
		return elected;
	}

	private boolean isAcceptable(PeerReport peer) {
		Vote before = this.promised;
		if (peer.claim() == null || before == null || peer.token() > before.token()) {
			return peer.claim() != null;
		}
		// a claim whose vote has expired needs a new round, otherwise it would never
		// expire
		return peer.isClaimer(before) && (!this.rules.isLeased() || peer.vote().round() > before.round());
	}

	private boolean isOver(Moment moment, Moment now) {
		return now.since(moment) > this.rules.times().hold();
	}

}
