package io.clusterspring.jgroups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import org.jgroups.Address;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.text.Utf8;

/**
 * Who is who: JGroups knows members by addresses that are new with every start, the
 * cluster knows nodes. An address carries its node, so that a view is readable the moment
 * it arrives.
 *
 * <p>
 * If several members of a view have one name, the oldest holds it and the others are not
 * there; this node always holds its own. When a name changes hands, there is a view
 * without it in between. Updates come one at a time, readers are any thread.
 */
final class AddressBook {

	private static final String NODE = "node";

	private final Node self;

	private volatile Page page = new Page(Map.of());

	private long views;

	AddressBook(Node self) {
		this.self = self;
	}

	/**
	 * Create an address. Of nodes that start together, the one that sorts first founds
	 * the cluster, so the rank makes up the upper bits; the other 96 are random.
	 * @param node the node
	 * @param rank its position in the list of nodes
	 * @return an address that no other node has
	 */
	static Address newAddress(Node node, int rank) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long upper = ((long) rank << 32) | (random.nextLong() & 0xFFFFFFFFL);
		return new ExtendedUUID(upper, random.nextLong()).put(NODE, Utf8.encode("Node", node.toString()));
	}

	static @Nullable Node nodeOf(@Nullable Address address) {
		byte[] text = (address instanceof ExtendedUUID uuid) ? uuid.get(NODE) : null;
		try {
			return (text != null) ? Node.of(Utf8.decode(text)) : null;
		}
		catch (IllegalArgumentException ex) {
			// the text is what the other end says, and comes in every view it is in
			return null;
		}
	}

	List<ClusterView> update(List<Address> members, Address own) {
		Page before = this.page;
		Page after = new Page(holders(members, own));
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
		this.page = new Page(Map.of());
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

	/**
	 * Return which node of the view has an address.
	 * @param address the address of a sender
	 * @return the node, {@code null} if it is not in the view, or another member holds
	 * its name
	 */
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
			Node node = nodeOf(member);
			if (node != null) {
				found.putIfAbsent(node, member);
			}
		}
		found.put(this.self, own);
		return found;
	}

	private final class Page {

		private final Map<Node, Address> holders;

		private final Map<Address, Node> names;

		private final List<Address> others;

		Page(Map<Node, Address> holders) {
			Node own = AddressBook.this.self;
			this.holders = Collections.unmodifiableMap(holders);
			this.names = holders.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
			this.others = this.names.entrySet()
				.stream()
				.filter((entry) -> !entry.getValue().equals(own))
				.map(Map.Entry::getKey)
				.toList();
		}

	}

}
