package io.clusterspring.jgroups.frame;

import org.jgroups.conf.ClassConfigurator;
import org.jgroups.util.Digest;
import org.jgroups.util.MutableDigest;
import org.jgroups.util.SeqnoList;

import io.clusterspring.FrameRefusal;

/**
 * The payload of a message, as its headers announce it. Most protocols ask a message for
 * an object when they want one, and it depends on the type of the message alone what the
 * engine does then: it unmarshals, or deserializes. So each is held to the type that
 * nodes send.
 */
enum WireContent {

	/** Of the application, or nothing. */
	ANY,

	/** Of the application. */
	BYTES,

	NUMBER, NOTHING,

	/** The numbers of missing messages. */
	MISSING,

	/** The state of the others. */
	DIGEST,

	/** Nodes that answer a discovery request. */
	DISCOVERY,

	/** A view, as MERGE3 sends it. */
	VIEW,

	/** A view, a digest, or both. */
	VIEW_AND_DIGEST,

	JOIN_RESPONSE, MEMBERS, VIEW_ID;

	private static final int OF_NO_CLASS = -1;

	private static final int SEQNO_LIST = ClassConfigurator.getMagicNumber(SeqnoList.class);

	private static final int IMMUTABLE_DIGEST = ClassConfigurator.getMagicNumber(Digest.class);

	private static final int MUTABLE_DIGEST = ClassConfigurator.getMagicNumber(MutableDigest.class);

	boolean isObject() {
		return this == MISSING || this == DIGEST;
	}

	void object(WireBytes in) throws RefusedFrameException {
		int kind = in.flag() ? in.signedShort() : OF_NO_CLASS;
		if (this == MISSING && kind == SEQNO_LIST) {
			WireShapes.missing(in);
		}
		else if (this == DIGEST && (kind == IMMUTABLE_DIGEST || kind == MUTABLE_DIGEST)) {
			WireShapes.digest(in);
		}
		else {
			throw new RefusedFrameException(FrameRefusal.OBJECT, "an object of class " + kind);
		}
	}

	void bytes(WireBytes in, int length) throws RefusedFrameException {
		WireBytes part = in.part(length);
		switch (this) {
			case DISCOVERY -> WireShapes.discovery(part);
			case VIEW -> {
				// of the view of a merge, the engine reads the beginning only
				if (part.flag()) {
					WireShapes.view(part);
				}
				return;
			}
			case VIEW_AND_DIGEST -> WireShapes.viewAndDigest(part);
			case JOIN_RESPONSE -> {
				if (part.flag()) {
					WireShapes.joinResponse(part);
				}
			}
			case MEMBERS -> WireShapes.members(part);
			case VIEW_ID -> WireShapes.viewIdOrNone(part);
			case ANY, BYTES -> {
				return;
			}
			default -> throw new RefusedFrameException(FrameRefusal.MESSAGE, "bytes where " + this + " is due");
		}
		part.end();
	}

}
