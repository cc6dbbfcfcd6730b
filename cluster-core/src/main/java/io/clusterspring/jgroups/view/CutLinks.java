package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jgroups.Address;

import io.clusterspring.jgroups.MemberAddress;

/**
 * Which members say that they do not hear which others. Each says it to those it reaches,
 * who pass it on, so that all nodes of a part know the same. Of the reports of a member
 * the one with the highest number counts. Not thread-safe.
 */
final class CutLinks {

	/** For how long a report counts that does not come again. */
	static final long FRESH_MILLIS = 3000;

	private final Address own;

	private final Map<Address, Entry> entries = new LinkedHashMap<>();

	private long number;

	CutLinks(Address own) {
		this.own = own;
	}

	// returns whether that is news
	boolean report(Set<Address> unheard, long now) {
		Entry before = this.entries.get(this.own);
		if (unheard.equals((before != null) ? before.report.unheard() : Set.of())) {
			return false;
		}
		this.entries.put(this.own, new Entry(new Report(this.own, ++this.number, unheard), now));
		return true;
	}

	// returns whether it says something new
	boolean hear(Report report, long now) {
		Entry before = this.entries.get(report.reporter());
		if (report.reporter().equals(this.own) || (before != null && before.report.number() >= report.number())) {
			return false;
		}
		this.entries.put(report.reporter(), new Entry(report, now));
		return (before != null) ? !before.report.unheard().equals(report.unheard()) : !report.unheard().isEmpty();
	}

	// its own with a new number
	List<Report> reports(long now) {
		expire(now);
		Entry mine = this.entries.get(this.own);
		if (mine != null) {
			Set<Address> unheard = mine.report.unheard();
			// that all is well again is said for as long as the others keep a report
			this.entries.put(this.own,
					new Entry(new Report(this.own, ++this.number, unheard), unheard.isEmpty() ? mine.at : now));
		}
		return new ArrayList<>(this.entries.values().stream().map(Entry::report).toList());
	}

	void expire(long now) {
		this.entries.values()
			.removeIf((entry) -> now - entry.at > FRESH_MILLIS
					&& (!entry.report.reporter().equals(this.own) || entry.report.unheard().isEmpty()));
	}

	boolean says(Address reporter, Address subject) {
		Entry entry = this.entries.get(reporter);
		return entry != null && entry.report.unheard().contains(subject);
	}

	boolean isCut(Address one, Address other) {
		return says(one, other) || says(other, one);
	}

	boolean isInvolved(Address member) {
		return this.entries.values()
			.stream()
			.map(Entry::report)
			.anyMatch((report) -> report.unheard().contains(member)
					|| (report.reporter().equals(member) && !report.unheard().isEmpty()));
	}

	// whom somebody does not hear
	Set<Address> subjects() {
		Set<Address> subjects = new HashSet<>();
		this.entries.values().forEach((entry) -> subjects.addAll(entry.report.unheard()));
		return subjects;
	}

	void retain(Collection<Address> members) {
		this.entries.keySet().retainAll(members);
		this.entries.replaceAll((reporter, entry) -> entry.among(members));
		this.entries.values().removeIf((entry) -> entry.report.unheard().isEmpty());
	}

	boolean isEmpty(long now) {
		expire(now);
		return this.entries.isEmpty();
	}

	@Override
	public String toString() {
		return this.entries.values()
			.stream()
			.map(Entry::report)
			.filter((report) -> !report.unheard().isEmpty())
			.map((report) -> MemberAddress.nodeOf(report.reporter()) + " does not hear " + names(report.unheard()))
			.collect(Collectors.joining(", "));
	}

	static String names(Collection<Address> members) {
		return members.stream()
			.map((member) -> String.valueOf(MemberAddress.nodeOf(member)))
			.collect(Collectors.joining(", "));
	}

	/** A report of a member, with a number that grows. */
	record Report(Address reporter, long number, Set<Address> unheard) {

		Report {
			unheard = Set.copyOf(unheard);
		}

	}

	private record Entry(Report report, long at) {

		Entry among(Collection<Address> members) {
			Set<Address> kept = new HashSet<>(this.report.unheard);
			kept.retainAll(members);
			return new Entry(new Report(this.report.reporter, this.report.number, kept), this.at);
		}

	}

}
