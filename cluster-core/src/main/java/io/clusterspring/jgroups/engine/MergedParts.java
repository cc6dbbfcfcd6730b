package io.clusterspring.jgroups.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.View;

/**
 * The parts that a merge has put together, as their members tell of them. A coordinator
 * that was frozen tells of a view that the others have left behind: the view has the
 * coordinator of another part, whose view has not got the frozen one.
 */
final class MergedParts {

	private final List<View> parts;

	MergedParts(List<View> parts) {
		this.parts = parts;
	}

	// they missed what it said as it missed what they said; in doubt a member is one of
	// them
	Set<Address> wentOnWithout(Address own) {
		Set<Address> members = new HashSet<>();
		for (View part : this.parts) {
			if (part.containsMember(own)) {
				continue;
			}
			if (isLeftBehind(part)) {
				members.add(part.getCreator());
			}
			else {
				members.addAll(part.getMembers());
			}
		}
		return members;
	}

	private boolean isLeftBehind(View part) {
		return this.parts.stream()
			.anyMatch((other) -> part.containsMember(other.getCreator()) && !other.containsMember(part.getCreator()));
	}

}
