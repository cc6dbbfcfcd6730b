package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.clusterspring.Node;

/**
 * Keeps the versions of frames that the nodes of the view read. A node that has not told
 * its versions reads version 1 of each kind. Thread-safe.
 */
final class WireVersions {

	private static final int FIRST = 1;

	private static final FrameKind[] KINDS = FrameKind.values();

	private final Map<FrameKind, Integer> own;

	private final Map<Node, Map<Integer, Integer>> read = new HashMap<>();

	private final AtomicIntegerArray common = new AtomicIntegerArray(KINDS.length);

	private Collection<Node> others = List.of();

	/**
	 * Create the versions of a node that is alone.
	 * @param own the highest version of each kind that this node reads and writes; 1 for
	 * the others
	 */
	WireVersions(Map<FrameKind, Integer> own) {
		this.own = Map.copyOf(own);
		update();
	}

	/**
	 * Take a view.
	 * @return the nodes that were not in the view before
	 */
	synchronized List<Node> view(Collection<Node> nodes) {
		List<Node> added = nodes.stream().filter((node) -> !this.others.contains(node)).toList();
		this.others = List.copyOf(nodes);
		this.read.keySet().retainAll(nodes);
		update();
		return added;
	}

	/**
	 * Record the versions that a node reads.
	 * @param versions the highest version, by the codes of kinds
	 */
	synchronized void hear(Node node, Map<Integer, Integer> versions) {
		this.read.put(node, versions);
		update();
	}

	synchronized boolean hasHeard(Node node) {
		return this.read.containsKey(node);
	}

	/** Return whether a node has told that it reads frames of a kind. */
	synchronized boolean reads(Node node, FrameKind kind) {
		return this.read.getOrDefault(node, Map.of()).containsKey(kind.code() & 0xFF);
	}

	private void update() {
		for (FrameKind kind : KINDS) {
			this.common.set(kind.ordinal(), lowest(kind));
		}
	}

	private int lowest(FrameKind kind) {
		int lowest = this.own.getOrDefault(kind, FIRST);
		for (Node node : this.others) {
			int theirs = this.read.getOrDefault(node, Map.of()).getOrDefault(kind.code() & 0xFF, FIRST);
			lowest = Math.min(lowest, Math.max(theirs, FIRST));
		}
		return lowest;
	}

	/**
	 * Return the version for frames to all nodes.
	 * @return the highest version that all nodes of the view read
	 */
	int common(FrameKind kind) {
		return this.common.get(kind.ordinal());
	}

	/**
	 * The first frame of a node to a new node of the view: the kinds and versions of
	 * frames that it reads. Version 1 of the format:
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

}
