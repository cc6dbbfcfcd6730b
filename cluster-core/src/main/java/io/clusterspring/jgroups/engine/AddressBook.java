package io.clusterspring.jgroups.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

/**
 * The nodes of a view: JGroups knows members by addresses that are new with every start,
 * the cluster knows nodes.
 *
 * <p>
 * If several members of a view have one name, the oldest holds it and the others are not
 * there; this node always holds its own. When a name changes hands, there is a view
 * without it in between. Updates come one at a time, readers are any thread.
 */
final class AddressBook {

	private final Node self;

	private volatile Page page = Page.EMPTY;

	private long views;

	AddressBook(Node self) {
		this.self = self;
	}

	List<ClusterView> update(List<Address> members, Address own) {
		Page before = this.page;
		Page after = Page.of(holders(members, own), own);
		this.page = after;
		List<Node> present = List.copyOf(after.holders.keySet());
		List<Node> kept = present.stream().filter((node) -> isHeldAsBefore(node, before, after)).toList();
		List<ClusterView> changes = new ArrayList<>();
		if (!kept.equals(present)) {
			changes.add(new ClusterView(++this.views, kept));
		}
		if (!kept.equals(present) || !present.equals(List.copyOf(before.holders.keySet()))) {
			changes.add(new ClusterView(++this.views, present));
		}
		return changes;
	}

	void clear() {
		this.page = Page.EMPTY;
	}

	@Nullable Address addressOf(Node node) {
		return this.page.holders.get(node);
	}

	Map<Node, Address> holders() {
		return this.page.holders;
	}

	Collection<Address> others() {
		return this.page.others;
	}

	// null if it is not in the view, or another member holds its name
	@Nullable Node sender(Address address) {
		return this.page.names.get(address);
	}

	private boolean isHeldAsBefore(Node node, Page before, Page after) {
		Address holder = before.holders.get(node);
		return holder == null || node.equals(this.self) || holder.equals(after.holders.get(node));
	}

	private Map<Node, Address> holders(List<Address> members, Address own) {
		Map<Node, Address> found = new LinkedHashMap<>();
		for (Address member : members) {
			Node node = MemberAddress.nodeOf(member);
			if (node != null) {
				found.putIfAbsent(node, member);
			}
		}
		found.put(this.self, own);
		return found;
	}

	private record Page(Map<Node, Address> holders, Map<Address, Node> names, List<Address> others) {

		static final Page EMPTY = new Page(Map.of(), Map.of(), List.of());

		static Page of(Map<Node, Address> holders, Address own) {
			Map<Address, Node> names = holders.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
			return new Page(Collections.unmodifiableMap(holders), names,
					names.keySet().stream().filter((address) -> !address.equals(own)).toList());
		}

	}

}
