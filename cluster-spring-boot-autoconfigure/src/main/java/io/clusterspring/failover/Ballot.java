package io.clusterspring.failover;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The vote of this node about one application: for one claim at a time, and never for one
 * with a smaller token than it has voted for before. Without a quorum a vote is kept
 * while its claim is seen; with one until the claim is given up by the one who made it,
 * or was not renewed for longer than the lease.
 *
 * <p>
 * A vote is not written down. So, with a quorum, a node that has just come to life does
 * not vote until all it may have promised before is void; it may sooner if all listed
 * nodes are there to tell it. Not thread-safe.
 */
final class Ballot {

	private final Placement placement;

	private final Node self;

	private final long incarnation;

	private Moment born;

	private @Nullable Vote vote;

	private Moment heard;

	private @Nullable Vote promised;

	private boolean open;

	Ballot(Placement placement, Node self, long incarnation, Moment born) {
		this.placement = placement;
		this.self = self;
		this.incarnation = incarnation;
		this.born = born;
		this.heard = born;
		this.open = !placement.isLeased();
	}

	@Nullable Vote vote() {
		return this.vote;
	}

	/**
	 * Return whether whatever an earlier life of this node has promised is void.
	 * @param now the present moment
	 * @return {@code true} after as long as votes are kept
	 */
	boolean isSettled(Moment now) {
		return now.since(this.born) > this.placement.hold();
	}

	/**
	 * Another process may have voted in the name of this node: it has to keep silent as
	 * one that has just started.
	 * @param now the present moment
	 */
	void forget(Moment now) {
		this.born = now;
		this.vote = null;
		this.open = !this.placement.isLeased();
	}

	/**
	 * Vote, or keep the vote.
	 * @param sightings what is known of the nodes with the same placement, this one
	 * included
	 * @param complete whether all nodes of the view have answered
	 * @param now the present moment
	 */
	void cast(List<Sighting> sightings, boolean complete, Moment now) {
		this.open = this.open || isSettled(now) || (complete && isToldEverything(sightings));
		if (!this.open) {
			return;
		}
		Vote present = this.vote;
		if (present != null && !stands(present, sightings, now)) {
			present = null;
		}
		this.vote = (present != null) ? renew(present, sightings, now) : elect(sightings, now);
	}

	private boolean isToldEverything(List<Sighting> sightings) {
		List<Node> present = sightings.stream().map(Sighting::node).toList();
		return !this.placement.nodes().isEmpty() && present.containsAll(this.placement.listed())
				&& sightings.stream().allMatch((sighting) -> isSelf(sighting) || sighting.report().settled())
				&& sightings.stream().noneMatch(this::isForEarlierLife)
				// the one claim there is may have had the vote; of two, nobody knows
				// which
				&& sightings.stream().filter((sighting) -> sighting.claim() != null).count() <= 1;
	}

	private boolean isSelf(Sighting sighting) {
		return sighting.node().equals(this.self);
	}

	private boolean isForEarlierLife(Sighting sighting) {
		Vote other = sighting.report().vote();
		return other != null && other.node().equals(this.self) && other.incarnation() != this.incarnation;
	}

	private boolean stands(Vote present, List<Sighting> sightings, Moment now) {
		if (this.placement.isLeased() && isOver(this.heard, now)) {
			return false;
		}
		for (Sighting sighting : sightings) {
			if (sighting.node().equals(present.node()) && sighting.incarnation() == present.incarnation()) {
				return sighting.isClaimer(present);
			}
		}
		return this.placement.isLeased();
	}

	private Vote renew(Vote present, List<Sighting> sightings, Moment now) {
		for (Sighting sighting : sightings) {
			Claim claim = sighting.claim();
			if (claim != null && sighting.isClaimer(present) && claim.round() > present.round()) {
				this.heard = now;
				this.promised = present.atRound(claim.round());
				return present.atRound(claim.round());
			}
		}
		return present;
	}

	private @Nullable Vote elect(List<Sighting> sightings, Moment now) {
		Vote elected = sightings.stream()
			.filter((sighting) -> !this.placement.isLeased() || !isOver(sighting.at(), now))
			.filter(this::isAcceptable)
			.max(Comparator.comparing(Sighting::isHolder).thenComparing(Sighting::token).thenComparing(Sighting::node))
			.map(Sighting::vote)
			.orElse(null);
		if (elected != null) {
			this.promised = elected;
			this.heard = now;
		}
		return elected;
	}

	private boolean isAcceptable(Sighting sighting) {
		Vote before = this.promised;
		if (sighting.claim() == null || before == null || sighting.token() > before.token()) {
			return sighting.claim() != null;
		}
		// what was voted for and is over needs a new round, or it would never be over
		return sighting.isClaimer(before) && (!this.placement.isLeased() || sighting.vote().round() > before.round());
	}

	private boolean isOver(Moment moment, Moment now) {
		return now.since(moment) > this.placement.hold();
	}

}
