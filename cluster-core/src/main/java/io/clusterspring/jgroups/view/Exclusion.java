package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.view.CutLinks.Report;

/**
 * Decides whom this node excludes when links are cut, so that in each part that remains
 * every member reaches every other one. If all that remain say the same, as they do when
 * a node has died, they decide at once; otherwise they wait a moment for each other's
 * reports, and come to the same parts. A node that learns of a view without it excludes
 * all members of that view. Not thread-safe.
 *
 * <p>
 * Replaces the choice of GMS whom a view leaves out (not reported yet:
 * docs/upstream.md#links-that-are-cut). This can go together with {@link ViewAgreement}.
 */
final class Exclusion {

	/**
	 * How long the reports of others are waited for: several times as long as it takes to
	 * verify a suspicion.
	 */
	static final long SETTLE_MILLIS = 1000;

	// a node that is slow to take a view has taken it by then
	static final long PERSISTENT_MILLIS = 5000;

	// within which there is a view, or the decision was another one elsewhere
	private static final long DECIDED_MILLIS = 5000;

	private final Address own;

	private final long stand;

	private final CutLinks links;

	private final Set<Address> unheard = new HashSet<>();

	private final List<Set<Address>> elsewhere = new ArrayList<>();

	private final Map<Address, Told> told = new HashMap<>();

	private final Set<Address> excluded = new HashSet<>();

	private List<Address> members = List.of();

	private long view;

	private @Nullable Long since;

	private @Nullable Long decided;

	private @Nullable Long stands;

	private @Nullable Long standsElsewhere;

	Exclusion(Address own, long stand) {
		this.own = own;
		this.stand = stand;
		this.links = new CutLinks(own);
	}

	// the members of the last view that have to be told that they are excluded
	Set<Address> installed(long id, List<Address> present, long now) {
		Set<Address> gone = new HashSet<>(this.members);
		gone.removeAll(present);
		gone.removeIf((member) -> !this.links.isInvolved(member) && !this.excluded.contains(member));
		if (!gone.isEmpty()) {
			this.stands = isElsewhere(gone) ? this.standsElsewhere : Long.valueOf(now + this.stand);
		}
		this.view = id;
		this.members = List.copyOf(present);
		this.unheard.retainAll(present);
		this.links.retain(present);
		forgetDecision();
		return gone;
	}

	private boolean isElsewhere(Set<Address> gone) {
		return gone.stream().allMatch((member) -> this.elsewhere.stream().anyMatch((part) -> part.contains(member)));
	}

	private void forgetDecision() {
		this.elsewhere.clear();
		this.standsElsewhere = null;
		this.told.clear();
		this.excluded.clear();
		this.decided = null;
	}

	// returns whether the others have to know
	boolean suspected(Collection<Address> suspects, long now) {
		suspects.stream().filter(this::isOther).forEach(this.unheard::add);
		return this.links.report(this.unheard, now);
	}

	// returns whether the others have to know
	boolean unsuspected(Address member, long now) {
		this.unheard.remove(member);
		return this.links.report(this.unheard, now);
	}

	// returns whether it is news that has to be passed on
	boolean heard(Report report, long now) {
		if (!isOther(report.reporter())) {
			return false;
		}
		Set<Address> known = new HashSet<>(report.unheard());
		known.retainAll(this.members);
		return this.links.hear(new Report(report.reporter(), report.number(), known), now);
	}

	// another node has told its view, which has to last for some time
	void told(Address from, long id, Collection<Address> theirs, long lasts, long now) {
		if (!isOther(from) || theirs.contains(this.own)) {
			return;
		}
		// one that was frozen need not wait as long as one that was cut off
		this.standsElsewhere = now + Math.min(lasts, this.stand);
		Told before = this.told.get(from);
		if (before == null || before.view != id) {
			before = new Told(id, now);
			this.told.put(from, before);
		}
		// an older one may be that of a node that has not got this node's view yet
		if (id > this.view || now - before.at >= PERSISTENT_MILLIS) {
			Set<Address> part = new HashSet<>(theirs);
			part.retainAll(this.members);
			if (!this.elsewhere.contains(part)) {
				this.elsewhere.add(part);
			}
		}
	}

	Verdict decide(long now) {
		if (this.decided != null && now - this.decided > DECIDED_MILLIS) {
			Set<Address> again = Set.copyOf(this.excluded);
			forgetDecision();
			this.since = now;
			return new Verdict(Set.of(), again, "");
		}
		// reports that do not come again count no more
		this.links.expire(now);
		Set<Address> part = FullyConnected.partOf(this.own, this.members, this::isCut);
		Set<Address> others = new HashSet<>(this.members);
		others.removeAll(part);
		if (others.isEmpty()) {
			this.since = null;
			return Verdict.NONE;
		}
		this.since = (this.since != null) ? this.since : Long.valueOf(now);
		if (now - this.since < SETTLE_MILLIS && !isUnanimous(part, others)) {
			return Verdict.NONE;
		}
		others.removeAll(this.excluded);
		if (!others.isEmpty()) {
			this.excluded.addAll(others);
			this.decided = now;
		}
		return new Verdict(others, Set.of(), isHeardByNone(part, others) ? "" : whyInParts(part, others));
	}

	private boolean isHeardByNone(Set<Address> part, Set<Address> others) {
		return part.stream().allMatch((member) -> others.stream().allMatch((other) -> this.links.says(member, other)));
	}

	private String whyInParts(Set<Address> part, Set<Address> others) {
		String why = this.elsewhere.isEmpty() ? "Not all nodes reach each other: " + this.links
				: "Nodes have gone on without this one, which others may not reach: " + CutLinks.names(others);
		return why + ". This node goes on with " + CutLinks.names(part) + " and without " + CutLinks.names(others)
				+ " until all of them reach each other; look at the links between them";
	}

	private boolean isUnanimous(Set<Address> part, Set<Address> others) {
		return part.stream()
			.allMatch((member) -> others.stream()
				.allMatch((other) -> this.links.says(member, other) || isApart(member, other)));
	}

	private boolean isCut(Address one, Address other) {
		return this.links.isCut(one, other) || isApart(one, other);
	}

	private boolean isApart(Address one, Address other) {
		return this.elsewhere.stream().anyMatch((part) -> part.contains(one) != part.contains(other));
	}

	private boolean isOther(Address address) {
		return !address.equals(this.own) && this.members.contains(address);
	}

	boolean isMember(Address address) {
		return this.members.contains(address);
	}

	boolean isCoordinator() {
		return !this.members.isEmpty() && this.members.get(0).equals(this.own);
	}

	boolean isExcluded(Address member) {
		return this.excluded.contains(member);
	}

	List<Address> others() {
		return this.members.stream().filter(this::isOther).toList();
	}

	// links are cut, or were of late: the others have to hear of it again
	boolean isOpen(long now) {
		return this.decided != null || !this.elsewhere.isEmpty() || !this.links.isEmpty(now);
	}

	List<Report> reports(long now) {
		return this.links.reports(now);
	}

	// those that somebody does not hear: they are asked whether they answer this node
	Set<Address> inDoubt() {
		Set<Address> members = this.links.subjects();
		members.removeIf((member) -> !isOther(member) || this.excluded.contains(member));
		return members;
	}

	long standsFor(long now) {
		return (this.stands != null) ? Math.max(0, this.stands - now) : 0;
	}

	/** News for the engine, and why members are taken out that may be alive. */
	record Verdict(Set<Address> suspects, Set<Address> again, String cause) {

		static final Verdict NONE = new Verdict(Set.of(), Set.of(), "");

	}

	private record Told(long view, long at) {
	}

}
