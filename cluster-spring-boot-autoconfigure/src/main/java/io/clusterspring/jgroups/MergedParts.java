package io.clusterspring.jgroups;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.View;

/**
 * The parts that a merge has put together, as their coordinators tell of them. A
 * coordinator that was frozen tells of a view that its members have left behind, so parts
 * may overlap: a member is in the part with the latest view that has it.
 */
final class MergedParts {

	private final List<View> parts;

	MergedParts(List<View> parts) {
		this.parts = parts;
	}

	/**
	 * Return the members that went on without one of them, and missed what it said
	 * meanwhile as it missed what they said.
	 * @param own the one
	 * @return the members whose own part has not got it
	 */
	Set<Address> wentOnWithout(Address own) {
		Set<Address> members = new HashSet<>();
		this.parts.forEach((part) -> members.addAll(part.getMembers()));
		members.removeIf((member) -> partOf(member).containsMember(own));
		return members;
	}

	private View partOf(Address member) {
		return this.parts.stream()
			.filter((part) -> part.containsMember(member))
			.max(Comparator.comparingLong((part) -> part.getViewId().getId()))
			.orElseThrow();
	}

}
