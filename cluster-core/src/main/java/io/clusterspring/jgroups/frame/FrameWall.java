package io.clusterspring.jgroups.frame;

import org.jgroups.Message;
import org.jgroups.Version;

import io.clusterspring.FrameRefusal;
import io.clusterspring.jgroups.flow.PartBounds;

/**
 * Walks over what came from another node, before the engine makes objects of it, and lets
 * through only what a node of the cluster sends. A pure function of the bytes.
 *
 * <p>
 * Works around TP, which makes objects of what anybody sends (JGRP-2523 and a filter in
 * part: docs/upstream.md#objects-before-trust). This can go once a channel can be told
 * which messages and headers it takes.
 */
final class FrameWall {

	private static final int LIST = 1;

	private static final int FRAME_FLAGS = 3;

	private static final int WITH_DESTINATION = 1;

	private static final int WITH_SOURCE = 2;

	private static final int MOST_HEADERS = 16;

	// type, leading byte, flags, count of headers
	private static final int SMALLEST_MESSAGE = 3 * Short.BYTES + 1;

	private final HeaderTable headers;

	private final PartBounds parts;

	FrameWall(HeaderTable headers, PartBounds parts) {
		this.headers = headers;
		this.parts = parts;
	}

	void check(byte[] frame, int offset, int length) throws RefusedFrameException {
		WireBytes in = new WireBytes(frame, offset, length, this.parts);
		if (!Version.isBinaryCompatible((short) in.signedShort())) {
			// the engine says so and drops it
			return;
		}
		int flags = in.unsignedByte();
		if (flags > FRAME_FLAGS) {
			throw WireBytes.malformed("unknown flags");
		}
		if ((flags & LIST) != 0) {
			messages(in);
		}
		else {
			message(in, in.signedShort(), true);
		}
		in.end();
	}

	// a message that comes without its type
	void checkMessage(byte[] bytes, int length, int type) throws RefusedFrameException {
		WireBytes in = new WireBytes(bytes, 0, length, this.parts);
		message(in, type, true);
		in.end();
	}

	// anybody may have multicast it: it may be about who is there, and nothing else
	void checkDiscovery(byte[] bytes, int length) throws RefusedFrameException {
		WireBytes in = new WireBytes(bytes, 0, length, this.parts);
		if (message(in, Message.BYTES_MSG, true) != WireContent.DISCOVERY) {
			throw new RefusedFrameException(FrameRefusal.MESSAGE, "a multicast that is no discovery request");
		}
		in.end();
	}

	private void messages(WireBytes in) throws RefusedFrameException {
		WireShapes.anyAddress(in);
		WireShapes.member(in);
		int cluster = in.signedShort();
		if (cluster > 0) {
			in.skip(cluster);
		}
		int count = in.count(SMALLEST_MESSAGE);
		for (int i = 0; i < count; i++) {
			message(in, in.signedShort(), false);
		}
	}

	private WireContent message(WireBytes in, int type, boolean alone) throws RefusedFrameException {
		int leading = in.unsignedByte();
		int flags = in.signedShort();
		if ((leading & WITH_DESTINATION) != 0) {
			WireShapes.anyAddress(in);
		}
		if ((leading & WITH_SOURCE) != 0) {
			WireShapes.member(in);
		}
		else if (alone) {
			throw WireBytes.malformed("a message of nobody");
		}
		WireContent content = headers(in);
		payload(in, type, flags, content);
		return content;
	}

	private WireContent headers(WireBytes in) throws RefusedFrameException {
		WireContent content = WireContent.ANY;
		int count = in.signedShort();
		if (count < 0 || count > MOST_HEADERS) {
			throw WireBytes.malformed(count + " headers");
		}
		for (int i = 0; i < count; i++) {
			WireContent says = this.headers.walk(in);
			if (says != WireContent.ANY) {
				if (content != WireContent.ANY) {
					throw WireBytes.malformed("headers of two protocols that both have a payload");
				}
				content = says;
			}
		}
		return content;
	}

	private static void payload(WireBytes in, int type, int flags, WireContent content) throws RefusedFrameException {
		boolean wrapped = (flags & Message.Flag.SERIALIZED.value()) != 0;
		if (content.isObject() != (type == Message.OBJ_MSG) || (wrapped && content.isObject())) {
			throw new RefusedFrameException(FrameRefusal.OBJECT, "a message of type " + type + " with an object");
		}
		switch (type) {
			case Message.OBJ_MSG -> content.object(in);
			case Message.BYTES_MSG -> {
				int length = in.length();
				if (length >= 0) {
					content.bytes(in, length);
				}
			}
			case Message.EMPTY_MSG -> {
				if (content == WireContent.NUMBER || content == WireContent.BYTES) {
					throw new RefusedFrameException(FrameRefusal.MESSAGE, "nothing where " + content + " is due");
				}
			}
			case Message.LONG_MSG -> {
				if (content != WireContent.ANY && content != WireContent.NUMBER) {
					throw new RefusedFrameException(FrameRefusal.MESSAGE, "a number where " + content + " is due");
				}
				in.number();
			}
			default -> throw new RefusedFrameException(FrameRefusal.MESSAGE, "a message of type " + type);
		}
	}

}
