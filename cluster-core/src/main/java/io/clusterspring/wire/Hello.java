package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first frame of a node to a new node of the view: the kinds and versions of frames
 * that it reads. Version 1 of the format:
 *
 * <pre>
 * flag     whether the sender has received the receiver's hello; if not, it expects one
 * records  the kinds that the sender reads: a byte, the code of the kind, and a number,
 * the highest version of the kind
 * </pre>
 *
 * @param versions the highest version that the sender reads, by the codes of kinds
 */
record Hello(boolean heard, Map<Integer, Integer> versions) {

	static Hello own(boolean heard) {
		Map<Integer, Integer> versions = new TreeMap<>();
		for (FrameKind kind : FrameKind.values()) {
			versions.put(kind.code() & 0xFF, (int) kind.version());
		}
		return new Hello(heard, versions);
	}

	byte[] encode() {
		return new FrameWriter(FrameKind.HELLO).flag(this.heard)
			.records(this.versions.entrySet(), (to, kind) -> to.octet(kind.getKey()).number(kind.getValue()))
			.frame();
	}

	static Hello decode(ByteBuffer body) {
		return FrameReader.read(body, (in) -> {
			boolean heard = in.flag();
			Map<Integer, Integer> versions = new TreeMap<>();
			in.records((from) -> Map.entry(from.octet(), from.smallNumber()))
				.forEach((entry) -> versions.put(entry.getKey(), entry.getValue()));
			return new Hello(heard, versions);
		});
	}

}
