package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.ViewId;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

/**
 * Finds out which parts of a cluster can merge: those in which every member reaches every
 * other one. All members of the parts are asked whom they reach. Not thread-safe.
 *
 * <p>
 * Adds to Merger what it does not ask: it merges what the coordinators reach (not
 * reported yet: docs/upstream.md#links-that-are-cut). This can go together with
 * {@link ViewAgreement}.
 */
final class MergeRound {

	private final long number;

	private final Address own;

	private final Map<Address, View> views;

	private final Map<Address, Answer> answers = new HashMap<>();

	MergeRound(long number, Address own, Map<Address, View> views) {
		this.number = number;
		this.own = own;
		this.views = Map.copyOf(views);
	}

	boolean isOf(long answered) {
		return this.number == answered;
	}

	Map<Address, View> views() {
		return this.views;
	}

	Set<Address> members() {
		Set<Address> members = new LinkedHashSet<>();
		this.views.forEach((teller, view) -> {
			members.add(teller);
			members.addAll(view.getMembers());
		});
		return members;
	}

	void answered(Address member, Answer answer) {
		this.answers.put(member, answer);
	}

	boolean isComplete() {
		return this.answers.keySet().containsAll(members());
	}

	// the part of this node; nothing to merge with if it is the only one
	Outcome outcome() {
		List<Set<Address>> parts = new ArrayList<>(parts());
		parts.removeIf((part) -> !reachEachOther(part, part));
		// the same order everywhere: the largest first
		parts.sort(Comparator.<Set<Address>>comparingInt(Set::size)
			.reversed()
			.thenComparing((part) -> part.stream().min(Comparator.naturalOrder()).orElseThrow()));
		Set<Address> merging = new HashSet<>();
		parts.stream()
			.filter((part) -> part.contains(this.own))
			.findFirst()
			.map((mine) -> FullyConnected.partOf(mine, parts, (one, other) -> !reachEachOther(one, other)))
			.ifPresent((mergeable) -> mergeable.forEach(merging::addAll));
		Map<Address, View> found = new LinkedHashMap<>();
		this.views.forEach((teller, view) -> {
			if (merging.contains(teller)) {
				found.put(teller, withMembersOf(teller, view));
			}
		});
		// of two processes with one name, one is to stop at once
		long delay = haveOneName(merging) ? 0 : delay(merging);
		return new Outcome(found, delay);
	}

	// without members that are in a view without the teller: a MergeView tells of these
	// views, and Merger would clean them for itself only
	private View withMembersOf(Address teller, View view) {
		List<Address> members = view.getMembers().stream().filter((member) -> isWith(teller, member)).toList();
		return (members.size() < view.size()) ? new View(view.getViewId(), members) : view;
	}

	private boolean isWith(Address teller, Address member) {
		ViewId id = Objects.requireNonNull(this.answers.get(member)).view();
		return this.views.values()
			.stream()
			.filter((told) -> told.getViewId().equals(id))
			.allMatch((told) -> told.containsMember(teller));
	}

	private long delay(Set<Address> merging) {
		return this.answers.entrySet()
			.stream()
			.filter((answer) -> merging.contains(answer.getKey()))
			.mapToLong((answer) -> answer.getValue().stands())
			.max()
			.orElse(0);
	}

	private static boolean haveOneName(Set<Address> merging) {
		Set<Node> nodes = new HashSet<>();
		return merging.stream()
			.map(MemberAddress::nodeOf)
			.filter(Objects::nonNull)
			.anyMatch((node) -> !nodes.add(node));
	}

	// views that have members in common, such as an old one and a new one, are one part
	private List<Set<Address>> parts() {
		List<Set<Address>> parts = new ArrayList<>();
		this.views.forEach((teller, view) -> {
			Set<Address> part = new HashSet<>(view.getMembers());
			part.add(teller);
			parts.removeIf((other) -> {
				boolean overlaps = other.stream().anyMatch(part::contains);
				if (overlaps) {
					part.addAll(other);
				}
				return overlaps;
			});
			parts.add(part);
		});
		return parts;
	}

	private boolean reachEachOther(Set<Address> some, Set<Address> others) {
		return some.stream()
			.allMatch((one) -> others.stream().allMatch((other) -> reaches(one, other) && reaches(other, one)));
	}

	private boolean reaches(Address one, Address other) {
		Answer answer = this.answers.get(one);
		View told = this.views.get(one);
		return answer != null && !answer.unreached().contains(other)
				&& (told == null || told.getViewId().equals(answer.view()));
	}

	/** The answer of a member, whose view has to last for some milliseconds. */
	record Answer(ViewId view, long stands, Set<Address> unreached) {
	}

	/** The views that may merge, by the members that have told them, and when. */
	record Outcome(Map<Address, View> views, long delay) {

		boolean isMerge() {
			return this.views.values().stream().map(View::getViewId).distinct().count() > 1;
		}

	}

}
