package io.clusterspring.jgroups.view;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

/**
 * Why members are taken out of the view, for operators: what was noticed first of a
 * member, and what was decided. It knows members of the present view, and those of the
 * one before. Thread-safe.
 */
final class GoneReasons {

	private final Map<Address, String> noticed = new HashMap<>();

	private final Map<Address, String> excluded = new HashMap<>();

	private List<Address> members = List.of();

	private boolean cut;

	/** Something has made members suspicious. They may turn out to be well. */
	synchronized void note(Collection<Address> suspects, String what) {
		suspects.stream().filter(this.members::contains).forEach((member) -> this.noticed.put(member, what));
	}

	/** The next exclusion is because links are cut. */
	synchronized void cut() {
		this.cut = true;
	}

	/** Members are taken out of the view. */
	synchronized void excluded(Collection<Address> out) {
		for (Address member : out) {
			this.excluded.put(member, this.cut ? "excluded: not all nodes reach each other"
					: "suspected: " + this.noticed.getOrDefault(member, "another node does not hear it"));
		}
		this.cut = false;
	}

	/** A view is installed. */
	synchronized void installed(List<Address> present) {
		Set<Address> known = new HashSet<>(this.members);
		known.removeAll(present);
		this.excluded.keySet().retainAll(known);
		this.noticed.clear();
		this.members = List.copyOf(present);
	}

	/** Return why a node of the view before has gone, {@code null} if it is not known. */
	synchronized @Nullable String of(Node node) {
		for (Map.Entry<Address, String> gone : this.excluded.entrySet()) {
			if (node.equals(MemberAddress.nodeOf(gone.getKey()))) {
				return gone.getValue();
			}
		}
		return null;
	}

}
