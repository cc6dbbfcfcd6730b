package io.clusterspring.jgroups.discovery;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jgroups.Address;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

/**
 * Members whose name another process starts with: a frozen one, most likely, whose host
 * was started anew, or one that lives while somebody starts it twice. Such a member is
 * asked for as long as any member may be silent, and suspected only if it has said
 * nothing at all: a newcomer would not be let in if a frozen one is the coordinator.
 * Thread-safe.
 */
final class DuplicateNames {

	private final Consumer<Address> inDoubt;

	/** The members that are asked, and whether they have said something since. */
	private final Map<Address, Boolean> doubted = new ConcurrentHashMap<>();

	DuplicateNames(Consumer<Address> inDoubt) {
		this.inDoubt = inDoubt;
	}

	void asked(Address newcomer, @Nullable View view, Address own) {
		Node name = MemberAddress.nodeOf(newcomer);
		if (name != null && view != null && !view.containsMember(newcomer)) {
			view.getMembers()
				.stream()
				.filter((member) -> Objects.equals(name, MemberAddress.nodeOf(member)) && !member.equals(own))
				.filter((member) -> this.doubted.putIfAbsent(member, false) == null)
				.forEach(this.inDoubt);
		}
	}

	void heard(Address sender) {
		this.doubted.replace(sender, false, true);
	}

	boolean isSilent(Address elder) {
		return Boolean.FALSE.equals(this.doubted.get(elder));
	}

	// it was asked for long enough: is it to be suspected?
	boolean isMissed(Address elder, @Nullable View view) {
		return Boolean.FALSE.equals(this.doubted.remove(elder)) && view != null && view.containsMember(elder);
	}

}
