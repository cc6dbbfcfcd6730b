package io.clusterspring.jgroups;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jgroups.Address;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.text.Utf8;

/**
 * An address of JGroups, new with every start, that carries its node: so a view is
 * readable the moment it arrives.
 */
public final class MemberAddress {

	private static final String NODE = "node";

	private MemberAddress() {
	}

	// of nodes that start together, the one that sorts first founds the cluster, so the
	// rank makes up the upper bits; the other 96 are random
	public static Address newAddress(Node node, int rank) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long upper = ((long) rank << 32) | (random.nextLong() & 0xFFFFFFFFL);
		return new ExtendedUUID(upper, random.nextLong()).put(NODE, Utf8.encode("Node", node.toString()));
	}

	public static @Nullable Node nodeOf(@Nullable Address address) {
		byte[] text = (address instanceof ExtendedUUID uuid) ? uuid.get(NODE) : null;
		try {
			return (text != null) ? Node.of(Utf8.decode(text)) : null;
		}
		catch (IllegalArgumentException ex) {
			// the text is what the other end says, and comes in every view it is in
			return null;
		}
	}

	// the address before it that has the same name, null if it has its name itself
	public static @Nullable Address elder(List<Address> members, Address own) {
		Node self = nodeOf(own);
		for (Address member : members) {
			if (self == null || member.equals(own)) {
				return null;
			}
			if (self.equals(nodeOf(member))) {
				return member;
			}
		}
		return null;
	}

}
