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
 * nothing at all: a newcomer would not be let in if a frozen one is the coordinator, and
 * how long others may be silent may be a matter of minutes. Thread-safe.
 *
 * <p>
 * Of members of one name in a view, the one that is listed first has it. All nodes have
 * the same view, and so the same opinion.
 */
final class DuplicateNames {

	private final Consumer<Address> inDoubt;

	/** The members that are asked, and whether they have said something since. */
	private final Map<Address, Boolean> doubted = new ConcurrentHashMap<>();

	/**
	 * Create this.
	 * @param inDoubt takes the members that are to be asked
	 */
	DuplicateNames(Consumer<Address> inDoubt) {
		this.inDoubt = inDoubt;
	}

	/**
	 * A process has asked who is there.
	 * @param newcomer its address
	 * @param view the view it is not in yet
	 * @param own the address of this node
	 */
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

	/**
	 * Something came from a member, or whoever it is.
	 * @param sender the address of the sender
	 */
	void heard(Address sender) {
		this.doubted.replace(sender, false, true);
	}

	/**
	 * Return whether to go on asking.
	 * @param elder the member
	 * @return {@code false} if it has said something
	 */
	boolean isSilent(Address elder) {
		return Boolean.FALSE.equals(this.doubted.get(elder));
	}

	/**
	 * It was asked for long enough.
	 * @param elder the member
	 * @param view the present view
	 * @return whether to suspect it
	 */
	boolean isMissed(Address elder, @Nullable View view) {
		return Boolean.FALSE.equals(this.doubted.remove(elder)) && view != null && view.containsMember(elder);
	}

}
