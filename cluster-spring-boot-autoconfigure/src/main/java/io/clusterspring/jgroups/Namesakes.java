package io.clusterspring.jgroups;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jgroups.Address;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Members whose name another process starts with: a frozen one, most likely, whose host
 * was started anew. Such a member is not granted the silence that others are. It is
 * suspected a little after the newcomer has asked who is there, so that the engine asks
 * it and drops it if it does not answer; without that a newcomer would not even be let in
 * if the frozen one is the coordinator. Thread-safe.
 */
final class Namesakes {

	/**
	 * How long an elder that lives has to refuse the newcomer.
	 */
	static final long PATIENCE_MILLIS = 1500;

	private final Consumer<Address> later;

	private final Set<Address> doubted = ConcurrentHashMap.newKeySet();

	/**
	 * Create this.
	 * @param later takes the members that are to be suspected once the patience is over
	 */
	Namesakes(Consumer<Address> later) {
		this.later = later;
	}

	/**
	 * A process has asked who is there.
	 * @param newcomer its address
	 * @param view the view it is not in yet
	 * @param own the address of this node
	 */
	void asked(Address newcomer, @Nullable View view, Address own) {
		Node name = AddressBook.nodeOf(newcomer);
		if (name != null && view != null && !view.containsMember(newcomer)) {
			view.getMembers()
				.stream()
				.filter((member) -> Objects.equals(name, AddressBook.nodeOf(member)) && !member.equals(own))
				.filter(this.doubted::add)
				.forEach(this.later);
		}
	}

	/**
	 * The patience is over.
	 * @param elder the member
	 * @param view the present view
	 * @return whether to suspect it
	 */
	boolean isMissed(Address elder, @Nullable View view) {
		this.doubted.remove(elder);
		return view != null && view.containsMember(elder);
	}

}
