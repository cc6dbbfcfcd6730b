package io.clusterspring.inspect;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.clusterspring.Node;

/**
 * The nodes that have not answered a question in time. Later questions do not wait for
 * them, and only now and then one is sent to them, until they answer. Thread-safe.
 */
final class Silence {

	/** How long after a question a silent node may get the next one. */
	static final long PAUSE = 2_000_000_000L;

	private final Map<Node, Long> asked = new HashMap<>();

	synchronized void add(Node node, long now) {
		this.asked.putIfAbsent(node, now);
	}

	synchronized void end(Node node) {
		this.asked.remove(node);
	}

	synchronized void retain(Collection<Node> nodes) {
		this.asked.keySet().retainAll(nodes);
	}

	/** Return whether a node has been silent, and has not answered since. */
	synchronized boolean isSilent(Node node) {
		return this.asked.containsKey(node);
	}

	/** Return whether a question is to be sent to a node. */
	synchronized boolean maySend(Node node, long now) {
		Long last = this.asked.get(node);
		if (last != null && now - last < PAUSE) {
			return false;
		}
		if (last != null) {
			this.asked.put(node, now);
		}
		return true;
	}

}
