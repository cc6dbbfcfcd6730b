package io.clusterspring.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;

/**
 * The last changes of the view, with the reasons why nodes have gone. Thread-safe.
 */
final class ViewLog {

	/** How many changes are kept. */
	static final int MOST = 200;

	/** A node that has said that it leaves. */
	static final String LEFT = "left";

	private final Deque<Change> changes = new ArrayDeque<>();

	private final Set<Node> leaving = new HashSet<>();

	private List<Node> present = List.of();

	private long number;

	/** A node has said that it leaves. */
	synchronized void leaves(Node node) {
		if (this.present.contains(node)) {
			this.leaving.add(node);
		}
	}

	/**
	 * The view has changed.
	 * @param at when, by {@link System#nanoTime()}
	 * @param reason why a node has gone that has not said that it leaves
	 */
	synchronized void changed(ClusterView view, long at, Function<Node, String> reason) {
		List<Node> joined = new ArrayList<>(view.nodes());
		joined.removeAll(this.present);
		TreeMap<Node, String> gone = new TreeMap<>();
		for (Node node : this.present) {
			if (!view.contains(node)) {
				gone.put(node, this.leaving.contains(node) ? LEFT : reason.apply(node));
			}
		}
		this.present = view.nodes();
		this.leaving.retainAll(this.present);
		if (joined.isEmpty() && gone.isEmpty()) {
			return;
		}
		if (this.changes.size() == MOST) {
			this.changes.removeFirst();
		}
		this.changes.addLast(new Change(++this.number, view, at, joined, gone));
	}

	/** Return the changes, the newest first. */
	synchronized List<Change> newestFirst() {
		List<Change> all = new ArrayList<>();
		this.changes.descendingIterator().forEachRemaining(all::add);
		return all;
	}

	/**
	 * A change.
	 *
	 * @param number higher for each change
	 * @param at when, by {@link System#nanoTime()}
	 * @param gone the reasons
	 */
	record Change(long number, ClusterView view, long at, List<Node> joined, TreeMap<Node, String> gone) {
	}

}
