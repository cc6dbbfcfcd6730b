package io.clusterspring.jgroups.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.protocols.pbcast.GMS;

/**
 * When parts of a cluster merge, those of the largest come first, each in its order: they
 * have talked most lately. A node that was frozen, and comes back when another process
 * has got its name, does not take it away again; and there is no new coordinator for its
 * sake.
 *
 * <p>
 * This is an extension point of JGroups, its policy of membership, and replaces nothing.
 */
final class LargerPartFirst extends GMS.DefaultMembershipPolicy {

	@Override
	public List<Address> getNewMembership(Collection<Collection<Address>> parts) {
		LinkedHashSet<Address> merged = new LinkedHashSet<>();
		parts.stream()
			.filter((part) -> !part.isEmpty())
			.sorted(Comparator.<Collection<Address>>comparingInt(Collection::size)
				.reversed()
				.thenComparing((part) -> part.iterator().next()))
			.forEach(merged::addAll);
		// the engine takes some out again
		return new ArrayList<>(merged);
	}

}
