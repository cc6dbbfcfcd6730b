package io.clusterspring.jgroups;

import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.FRAG3;
import org.jgroups.protocols.FailureDetection;
import org.jgroups.protocols.FlowControl;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.RSVP;
import org.jgroups.protocols.ReliableMulticast;
import org.jgroups.protocols.ReliableUnicast;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

import io.clusterspring.FrameRefusal;

/**
 * The header of a protocol: the number the engine knows its class by, the protocols that
 * have it, and its shape. The engine has others, some of which name classes; none of them
 * is read.
 */
enum HeaderShape {

	/**
	 * The name of the cluster.
	 */
	TRANSPORT(60, TP.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			int length = in.signedShort();
			if (length > 0) {
				in.skip(length);
			}
			among(in.unsignedByte(), 0, 0);
			return WireContent.ANY;
		}

	},

	/**
	 * Who is there.
	 */
	DISCOVERY(53, Discovery.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			among(in.unsignedByte(), 1, 2);
			in.text();
			in.flag();
			return WireContent.DISCOVERY;
		}

	},

	/**
	 * Which view a member is in.
	 */
	MERGE(75, MERGE3.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			int type = among(in.unsignedByte(), 0, 2);
			WireShapes.viewIdOrNone(in);
			in.text();
			WireShapes.place(in);
			return (type == 2) ? WireContent.VIEW : WireContent.ANY;
		}

	},

	/**
	 * A member is alive.
	 */
	HEARTBEAT(62, FailureDetection.class) {

		@Override
		WireContent walk(WireBytes in) {
			return WireContent.NOTHING;
		}

	},

	/**
	 * A connection has closed.
	 */
	SUSPICION(93, FD_SOCK2.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			among(in.unsignedByte(), 0, Byte.MAX_VALUE);
			int count = in.count(1);
			for (int i = 0; i < count; i++) {
				WireShapes.member(in);
			}
			in.text();
			WireShapes.memberOrNone(in);
			return WireContent.NOTHING;
		}

	},

	/**
	 * Whether a member is alive.
	 */
	VERIFICATION(94, VERIFY_SUSPECT2.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			return verification(in);
		}

	},

	/**
	 * The same, of an older protocol.
	 */
	OLD_VERIFICATION(54, VERIFY_SUSPECT.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			return verification(in);
		}

	},

	/**
	 * Whom members do not hear, and what they have to know before they merge.
	 */
	AGREEMENT(AgreementHeader.MAGIC, ViewAgreement.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			return AgreementHeader.walk(in);
		}

	},

	/**
	 * The number of a message to all.
	 */
	MULTICAST(78, NAKACK2.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			return multicast(in, 4);
		}

	},

	/**
	 * The same, of newer protocols.
	 */
	NEW_MULTICAST(99, ReliableMulticast.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			return multicast(in, 5);
		}

	},

	/**
	 * The number of a message to one.
	 */
	UNICAST(82, UNICAST3.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			return unicast(in);
		}

	},

	/**
	 * The same, of newer protocols.
	 */
	NEW_UNICAST(100, ReliableUnicast.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			return unicast(in);
		}

	},

	/**
	 * What all have received.
	 */
	STABILITY(56, STABLE.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			among(in.unsignedByte(), 1, 2);
			WireShapes.viewIdOrNone(in);
			return WireContent.DIGEST;
		}

	},

	/**
	 * Joins, leaves and views.
	 */
	MEMBERSHIP(55, GMS.class) {

		private static final int MERGE_ID = 1 << 2;

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			int type = among(in.unsignedByte(), 1, 16);
			int flags = in.signedShort();
			WireShapes.memberOrNone(in);
			if ((flags & MERGE_ID) != 0) {
				WireShapes.member(in);
				in.skip(Integer.BYTES);
			}
			return switch (type) {
				case 2 -> WireContent.JOIN_RESPONSE;
				case 5, 7, 8, 14, 15 -> WireContent.VIEW_AND_DIGEST;
				case 6 -> WireContent.MEMBERS;
				case 16 -> WireContent.VIEW_ID;
				default -> WireContent.ANY;
			};
		}

	},

	/**
	 * How much a member may send.
	 */
	CREDIT(59, FlowControl.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			among(in.unsignedByte(), 1, 2);
			return WireContent.NUMBER;
		}

	},

	/**
	 * Which part of a message it is.
	 */
	PART(52, FRAG2.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			in.number();
			part(in);
			refuseMessageInside(in);
			in.skip(Short.BYTES);
			return WireContent.BYTES;
		}

	},

	/**
	 * The same, of another protocol.
	 */
	OTHER_PART(91, FRAG3.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			in.smallNumber();
			part(in);
			int length = in.smallNumber();
			int offset = in.smallNumber();
			if (length < 0 || length > in.parts().bytes() || offset < 0 || offset > length) {
				throw new RefusedFrameException(FrameRefusal.FRAGMENT, "a message of " + length + " bytes");
			}
			refuseMessageInside(in);
			return WireContent.BYTES;
		}

	},

	/**
	 * Whether a message was received.
	 */
	RECEIPT(76, RSVP.class) {

		@Override
		WireContent walk(WireBytes in) throws RefusedFrameException {
			among(in.unsignedByte(), 0, Byte.MAX_VALUE);
			in.skip(Short.BYTES);
			return WireContent.ANY;
		}

	};

	private final int number;

	private final Class<? extends Protocol> protocol;

	HeaderShape(int number, Class<? extends Protocol> protocol) {
		this.number = number;
		this.protocol = protocol;
	}

	static @Nullable HeaderShape of(Protocol protocol) {
		for (HeaderShape shape : values()) {
			if (shape.protocol.isInstance(protocol)) {
				return shape;
			}
		}
		return null;
	}

	int number() {
		return this.number;
	}

	/**
	 * Walk over a header.
	 * @param in the bytes behind its number
	 * @return what the payload of its message is to be
	 * @throws RefusedFrameException if it is not to be read
	 */
	abstract WireContent walk(WireBytes in) throws RefusedFrameException;

	private static int among(int value, int first, int last) throws RefusedFrameException {
		if (value < first || value > last) {
			throw WireBytes.malformed("a header of type " + value);
		}
		return value;
	}

	private static WireContent verification(WireBytes in) throws RefusedFrameException {
		among(in.signedShort(), 1, 2);
		WireShapes.member(in);
		return WireContent.ANY;
	}

	private static WireContent multicast(WireBytes in, int last) throws RefusedFrameException {
		if (among(in.unsignedByte(), 1, last) == 2) {
			WireShapes.memberOrNone(in);
			return WireContent.MISSING;
		}
		in.number();
		return WireContent.ANY;
	}

	private static WireContent unicast(WireBytes in) throws RefusedFrameException {
		switch (among(in.unsignedByte(), 0, 4)) {
			case 0 -> {
				in.number();
				in.skip(Short.BYTES + 1);
			}
			case 1 -> {
				in.number();
				in.skip(Short.BYTES);
				in.smallNumber();
			}
			case 2 -> in.smallNumber();
			case 3 -> {
				return WireContent.MISSING;
			}
			default -> in.skip(Short.BYTES);
		}
		return WireContent.ANY;
	}

	private static void part(WireBytes in) throws RefusedFrameException {
		int index = in.smallNumber();
		int count = in.smallNumber();
		if (count < 1 || count > in.parts().parts() || index < 0 || index >= count) {
			throw new RefusedFrameException(FrameRefusal.FRAGMENT, "part " + index + " of " + count);
		}
	}

	// the engine would read a whole message out of the parts, at which nobody has looked;
	// nodes send those for messages without bytes of their own
	private static void refuseMessageInside(WireBytes in) throws RefusedFrameException {
		if (in.flag()) {
			throw new RefusedFrameException(FrameRefusal.FRAGMENT, "parts of a marshalled message");
		}
	}

}
