package io.clusterspring.jgroups.frame;

import java.util.List;
import java.util.Set;

import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.FD_HOST;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

import io.clusterspring.FrameRefusal;

/**
 * The headers of the protocols of one node, each of which belongs to one protocol. A
 * message with another header, or one under the name of another protocol, is not of this
 * cluster.
 */
final class HeaderTable {

	private static final Set<Class<?>> WITHOUT_HEADERS = Set.of(DISCARD.class, FD_HOST.class);

	private static final int LARGEST_ID = 1 << 10;

	private final @Nullable HeaderShape[] shapes = new HeaderShape[LARGEST_ID];

	HeaderTable(List<Protocol> stack) {
		stack.forEach(this::add);
	}

	private void add(Protocol protocol) {
		HeaderShape shape = HeaderShape.of(protocol);
		int id = protocol.getId();
		if (shape != null && id >= 0 && id < LARGEST_ID) {
			this.shapes[id] = shape;
		}
		else if (id != 0 && !WITHOUT_HEADERS.contains(protocol.getClass())) {
			throw new FrameDoor.UncheckedProtocolException(protocol.getName());
		}
	}

	// from the identifier of its protocol on
	WireContent walk(WireBytes in) throws RefusedFrameException {
		int id = in.signedShort();
		int number = in.signedShort();
		HeaderShape shape = (id >= 0 && id < LARGEST_ID) ? this.shapes[id] : null;
		if (shape == null || shape.number() != number) {
			throw new RefusedFrameException(FrameRefusal.HEADER, "header " + number + " of protocol " + id);
		}
		return shape.walk(in);
	}

}
