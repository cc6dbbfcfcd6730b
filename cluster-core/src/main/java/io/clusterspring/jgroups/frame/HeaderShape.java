package io.clusterspring.jgroups.frame;

import java.util.Arrays;

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
import io.clusterspring.jgroups.view.AgreementHeader;
import io.clusterspring.jgroups.view.ViewAgreement;

/**
 * The header of a protocol: the number the engine knows its class by, the protocols that
 * have it, and its shape. The engine has others, some of which name classes; none of them
 * is read.
 */
enum HeaderShape {

	/** The name of the cluster. */
	TRANSPORT(60, TP.class, (in) -> {
		int length = in.signedShort();
		if (length > 0) {
			in.skip(length);
		}
		among(in.unsignedByte(), 0, 0);
		return WireContent.ANY;
	}),

	/** Asks who is there, or answers. */
	DISCOVERY(53, Discovery.class, (in) -> {
		among(in.unsignedByte(), 1, 2);
		in.text();
		in.flag();
		return WireContent.DISCOVERY;
	}),

	/** The view of a member. */
	MERGE(75, MERGE3.class, (in) -> {
		int type = among(in.unsignedByte(), 0, 2);
		WireShapes.viewIdOrNone(in);
		in.text();
		WireShapes.place(in);
		return (type == 2) ? WireContent.VIEW : WireContent.ANY;
	}),

	/** A member is alive. */
	HEARTBEAT(62, FailureDetection.class, (in) -> WireContent.NOTHING),

	/** A connection has closed. */
	SUSPICION(93, FD_SOCK2.class, HeaderShape::suspicion),

	/** Asks whether a member is alive, or answers. */
	VERIFICATION(94, VERIFY_SUSPECT2.class, HeaderShape::verification),

	/** The same, of an older protocol. */
	OLD_VERIFICATION(54, VERIFY_SUSPECT.class, HeaderShape::verification),

	/** The links that are cut, and the questions before a merge. */
	AGREEMENT(AgreementHeader.MAGIC, ViewAgreement.class, HeaderShape::agreement),

	/** The number of a message to all. */
	MULTICAST(78, NAKACK2.class, (in) -> multicast(in, 4)),

	/** The same, of newer protocols. */
	NEW_MULTICAST(99, ReliableMulticast.class, (in) -> multicast(in, 5)),

	/** The number of a message to one. */
	UNICAST(82, UNICAST3.class, HeaderShape::unicast),

	/** The same, of newer protocols. */
	NEW_UNICAST(100, ReliableUnicast.class, HeaderShape::unicast),

	/** The numbers that all members have received. */
	STABILITY(56, STABLE.class, (in) -> {
		among(in.unsignedByte(), 1, 2);
		WireShapes.viewIdOrNone(in);
		return WireContent.DIGEST;
	}),

	/** Joins, leaves and views. */
	MEMBERSHIP(55, GMS.class, HeaderShape::membership),

	/** How much a member may send. */
	CREDIT(59, FlowControl.class, (in) -> {
		among(in.unsignedByte(), 1, 2);
		return WireContent.NUMBER;
	}),

	/** The position of a part in its message. */
	PART(52, FRAG2.class, (in) -> {
		in.number();
		part(in);
		refuseMessageInside(in);
		in.skip(Short.BYTES);
		return WireContent.BYTES;
	}),

	/** The same, of another protocol. */
	OTHER_PART(91, FRAG3.class, HeaderShape::otherPart),

	/** Whether a message was received. */
	RECEIPT(76, RSVP.class, (in) -> {
		among(in.unsignedByte(), 0, Byte.MAX_VALUE);
		in.skip(Short.BYTES);
		return WireContent.ANY;
	});

	private final int number;

	private final Class<? extends Protocol> protocol;

	private final Shape shape;

	HeaderShape(int number, Class<? extends Protocol> protocol, Shape shape) {
		this.number = number;
		this.protocol = protocol;
		this.shape = shape;
	}

	static @Nullable HeaderShape of(Protocol protocol) {
		return Arrays.stream(values()).filter((shape) -> shape.protocol.isInstance(protocol)).findFirst().orElse(null);
	}

	int number() {
		return this.number;
	}

	// from behind its number on
	WireContent walk(WireBytes in) throws RefusedFrameException {
		return this.shape.walk(in);
	}

	private static int among(int value, int first, int last) throws RefusedFrameException {
		if (value < first || value > last) {
			throw WireBytes.malformed("a header of type " + value);
		}
		return value;
	}

	private static WireContent suspicion(WireBytes in) throws RefusedFrameException {
		among(in.unsignedByte(), 0, Byte.MAX_VALUE);
		int count = in.count(1);
		for (int i = 0; i < count; i++) {
			WireShapes.member(in);
		}
		in.text();
		WireShapes.memberOrNone(in);
		return WireContent.NOTHING;
	}

	private static WireContent verification(WireBytes in) throws RefusedFrameException {
		among(in.signedShort(), 1, 2);
		WireShapes.member(in);
		return WireContent.ANY;
	}

	// a header of another version, or of another kind, is skipped
	private static WireContent agreement(WireBytes in) throws RefusedFrameException {
		int version = in.unsignedByte();
		WireBytes content = in.part(in.signedInt());
		if (version != AgreementHeader.VERSION) {
			return WireContent.ANY;
		}
		int kind = content.unsignedByte();
		if (!AgreementHeader.isKnown(kind)) {
			return WireContent.ANY;
		}
		content.skip(Long.BYTES);
		int count = content.shortCount(Integer.BYTES);
		if (count < AgreementHeader.fewestLines(kind)) {
			throw WireBytes.malformed("an agreement of " + count + " lines");
		}
		for (int i = 0; i < count; i++) {
			WireBytes line = content.part(content.signedInt());
			WireShapes.viewId(line);
			WireShapes.members(line);
		}
		return WireContent.NOTHING;
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

	private static WireContent membership(WireBytes in) throws RefusedFrameException {
		int type = among(in.unsignedByte(), 1, 16);
		boolean withMergeId = (in.signedShort() & 1 << 2) != 0;
		WireShapes.memberOrNone(in);
		if (withMergeId) {
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

	private static WireContent otherPart(WireBytes in) throws RefusedFrameException {
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

	private interface Shape {

		WireContent walk(WireBytes in) throws RefusedFrameException;

	}

}
