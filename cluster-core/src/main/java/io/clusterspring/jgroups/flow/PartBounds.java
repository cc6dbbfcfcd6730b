package io.clusterspring.jgroups.flow;

import org.jgroups.protocols.Fragmentation;
import org.jgroups.stack.ProtocolStack;

import io.clusterspring.PayloadLimit;

/**
 * Bounds within which a part of a message may speak of the whole, for it to be read.
 *
 * @param bytes the length of the message at most
 * @param parts the number of its parts at most
 */
public record PartBounds(int bytes, int parts) {

	/** Bounds that no part is within. */
	public static final PartBounds NONE = new PartBounds(0, 0);

	// NodeFragments refuses larger messages than this node takes itself: a part that is
	// not even read comes again and again, and what its sender sends afterwards has to
	// wait; JGroups' own protocols have no bounds
	public static PartBounds of(ProtocolStack stack, PayloadLimit limit) {
		Fragmentation parts = stack.findProtocol(Fragmentation.class);
		if (parts == null || parts instanceof NodeFragments) {
			return ofSize(Math.toIntExact(PayloadLimit.LARGEST + PayloadLimit.AROUND));
		}
		int largest = MessageParts.largestOf(limit);
		return new PartBounds(largest, largest / parts.getFragSize() + 1);
	}

	public static PartBounds ofSize(int bytes) {
		return new PartBounds(bytes, MessageParts.count(bytes));
	}

}
