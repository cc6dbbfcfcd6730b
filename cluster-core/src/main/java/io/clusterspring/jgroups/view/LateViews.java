package io.clusterspring.jgroups.view;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.ViewId;

/**
 * Members that tell of a view after which their coordinator has made another one. They
 * take that one in a moment: they are late, and no part of their own. A member that joins
 * while others do can miss the view that comes after its first one until the coordinator
 * repeats its last message; a merge in that moment would part the newest member from
 * those that do not know it yet. Not thread-safe.
 *
 * <p>
 * Adds to MERGE3 what it does not ask (not reported yet:
 * docs/upstream.md#a-view-and-its-successor). This can go once MERGE3 waits for a member
 * whose coordinator has a newer view.
 */
final class LateViews {

	private final Map<Address, Late> late = new HashMap<>();

	// whether a member that is late may take the newer view yet
	boolean isAnyExpected(Map<Address, View> told, long now) {
		Map<Address, Long> newest = new HashMap<>();
		told.values().forEach((view) -> newest.merge(view.getCreator(), view.getViewId().getId(), Math::max));
		boolean expected = false;
		for (Map.Entry<Address, View> teller : told.entrySet()) {
			ViewId id = teller.getValue().getViewId();
			if (id.getId() == newest.getOrDefault(id.getCreator(), id.getId())) {
				this.late.remove(teller.getKey());
			}
			else if (now - since(teller.getKey(), id, now) < Exclusion.PERSISTENT_MILLIS) {
				expected = true;
			}
		}
		return expected;
	}

	private long since(Address member, ViewId id, long now) {
		Late known = this.late.get(member);
		if (known == null || !known.id.equals(id)) {
			known = new Late(id, now);
			this.late.put(member, known);
		}
		return known.since;
	}

	void retain(Collection<Address> members) {
		this.late.keySet().retainAll(members);
	}

	private record Late(ViewId id, long since) {
	}

}
