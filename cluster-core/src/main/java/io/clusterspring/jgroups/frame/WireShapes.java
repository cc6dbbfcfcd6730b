package io.clusterspring.jgroups.frame;

import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.util.ExtendedUUID;

import io.clusterspring.FrameRefusal;

/**
 * The shapes of what the engine reads within headers and payloads: addresses, views,
 * digests. Each method walks over one and refuses what is none.
 */
final class WireShapes {

	private static final int UUID = 2 * Long.BYTES;

	private static final int EXTENDED = ClassConfigurator.getMagicNumber(ExtendedUUID.class);

	private static final int PORT = Short.BYTES;

	private static final int IPV4 = 4;

	private static final int IPV6 = 16;

	private static final int SCOPE = Integer.BYTES;

	private static final int VIEW = 1;

	private static final int DIGEST = 1 << 1;

	private static final int REASON = 1 << 2;

	private static final int MERGED = 1 << 2;

	private static final int DELTA = 1 << 3;

	private static final int MERGED_IN_RESPONSE = 1 << 3;

	private static final int WITH_ADDRESSES = 1 << 4;

	private WireShapes() {
	}

	static void anyAddress(WireBytes in) throws RefusedFrameException {
		address(in, in.unsignedByte());
	}

	// or one that wants to be a member
	static void member(WireBytes in) throws RefusedFrameException {
		int kind = in.unsignedByte();
		if (kind == Address.NULL || kind == Address.IP_ADDR) {
			throw WireBytes.malformed("no member where there has to be one");
		}
		address(in, kind);
	}

	static void memberOrNone(WireBytes in) throws RefusedFrameException {
		int kind = in.unsignedByte();
		if (kind == Address.IP_ADDR) {
			throw WireBytes.malformed("no member where there has to be one");
		}
		address(in, kind);
	}

	// an address of the network, which may be absent
	static void place(WireBytes in) throws RefusedFrameException {
		int kind = in.unsignedByte();
		if (kind != Address.NULL && kind != Address.IP_ADDR) {
			throw WireBytes.malformed("no place where there has to be one");
		}
		address(in, kind);
	}

	private static void address(WireBytes in, int kind) throws RefusedFrameException {
		switch (kind) {
			case Address.NULL -> {
			}
			case Address.UUID_ADDR -> in.skip(UUID);
			case Address.IP_ADDR -> internet(in);
			case 0 -> extended(in);
			default -> throw new RefusedFrameException(FrameRefusal.OBJECT, "an address of kind " + kind);
		}
	}

	private static void internet(WireBytes in) throws RefusedFrameException {
		int length = in.unsignedByte();
		if (length != 0 && length != IPV4 && length != IPV6) {
			throw WireBytes.malformed("an IP address of " + length + " bytes");
		}
		in.skip(length + ((length == IPV6) ? SCOPE : 0) + PORT);
	}

	private static void extended(WireBytes in) throws RefusedFrameException {
		int kind = in.signedShort();
		if (kind != EXTENDED) {
			throw new RefusedFrameException(FrameRefusal.OBJECT, "an address of class " + kind);
		}
		in.skip(UUID);
		in.smallNumber();
		int entries = in.unsignedByte();
		for (int i = 0; i < entries; i++) {
			in.skip(in.unsignedByte());
			in.skip(in.unsignedByte());
		}
	}

	static void viewId(WireBytes in) throws RefusedFrameException {
		member(in);
		in.number();
	}

	static void viewIdOrNone(WireBytes in) throws RefusedFrameException {
		if (in.flag()) {
			viewId(in);
		}
	}

	// returns how many there are
	static int members(WireBytes in) throws RefusedFrameException {
		int count = in.shortCount(1 + UUID);
		for (int i = 0; i < count; i++) {
			member(in);
		}
		return count;
	}

	static void membersOrNone(WireBytes in) throws RefusedFrameException {
		int count = in.signedShort();
		for (int i = 0; i < count; i++) {
			member(in);
		}
	}

	static int view(WireBytes in) throws RefusedFrameException {
		viewId(in);
		int count = members(in);
		if (count == 0) {
			throw WireBytes.malformed("a view of nobody");
		}
		return count;
	}

	private static int mergedView(WireBytes in) throws RefusedFrameException {
		int count = view(in);
		int parts = in.signedShort();
		for (int i = 0; i < parts; i++) {
			indexOrMember(in, count);
			in.skip(Long.BYTES);
			int size = in.shortCount(Short.BYTES);
			for (int j = 0; j < size; j++) {
				indexOrMember(in, count);
			}
		}
		return count;
	}

	private static void indexOrMember(WireBytes in, int members) throws RefusedFrameException {
		int index = in.signedShort();
		if (index >= members) {
			throw WireBytes.malformed("the member " + index + " of " + members);
		}
		if (index < 0) {
			member(in);
		}
	}

	private static int deltaView(WireBytes in) throws RefusedFrameException {
		viewId(in);
		viewId(in);
		return members(in) + members(in);
	}

	static void digest(WireBytes in) throws RefusedFrameException {
		seqnos(in, members(in));
	}

	private static void digest(WireBytes in, int members) throws RefusedFrameException {
		int count = in.signedShort();
		if (count != members) {
			throw WireBytes.malformed("a digest of " + count + " for " + members + " members");
		}
		seqnos(in, count);
	}

	private static void seqnos(WireBytes in, int members) throws RefusedFrameException {
		for (int i = 0; i < members; i++) {
			int widths = in.unsignedByte();
			int first = widths >> 4;
			int second = widths & 0xf;
			if (first > Long.BYTES || second > Long.BYTES) {
				throw WireBytes.malformed("a number of " + Math.max(first, second) + " bytes");
			}
			in.skip(first + second);
		}
	}

	static void viewAndDigest(WireBytes in) throws RefusedFrameException {
		int flags = in.signedShort();
		int members = -1;
		if ((flags & VIEW) != 0) {
			members = ((flags & MERGED) != 0) ? mergedView(in) : ((flags & DELTA) != 0) ? deltaView(in) : view(in);
		}
		if ((flags & DIGEST) != 0) {
			if ((flags & WITH_ADDRESSES) != 0) {
				digest(in);
			}
			else {
				digest(in, members);
			}
		}
	}

	static void joinResponse(WireBytes in) throws RefusedFrameException {
		int flags = in.unsignedByte();
		int members = -1;
		if ((flags & MERGED_IN_RESPONSE) != 0) {
			members = mergedView(in);
		}
		else if ((flags & VIEW) != 0) {
			members = view(in);
		}
		if ((flags & DIGEST) != 0) {
			digest(in, members);
		}
		if ((flags & REASON) != 0) {
			in.utf();
		}
	}

	static void discovery(WireBytes in) throws RefusedFrameException {
		int count = in.count(1 + UUID);
		for (int i = 0; i < count; i++) {
			member(in);
			in.skip(1);
			in.text();
			place(in);
			membersOrNone(in);
		}
	}

	// the numbers of messages that are missing, as bits
	static void missing(WireBytes in) throws RefusedFrameException {
		int size = in.signedInt();
		in.skip(Long.BYTES);
		if (size < 0) {
			throw WireBytes.malformed("a list of " + size);
		}
		in.skip((size + 63L) / 64 * Long.BYTES);
	}

}
