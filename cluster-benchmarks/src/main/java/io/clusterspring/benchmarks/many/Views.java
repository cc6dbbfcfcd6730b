package io.clusterspring.benchmarks.many;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.event.EventListener;

import io.clusterspring.ClusterEvent;
import io.clusterspring.NodeDown;

/**
 * Takes note of the views of a node: how many nodes it sees since when, and which nodes
 * it has lost. Thread-safe.
 */
final class Views {

	private final List<String> downs = new ArrayList<>();

	private int nodes = 1;

	private long since = System.nanoTime();

	@EventListener
	synchronized void changed(ClusterEvent event) {
		this.nodes = event.view().nodes().size();
		this.since = System.nanoTime();
		if (event instanceof NodeDown) {
			this.downs.add(event.node().name());
		}
	}

	/** Return the present view, and forget which nodes were lost. */
	synchronized Seen take() {
		Seen seen = new Seen(this.nodes, this.since, List.copyOf(this.downs));
		this.downs.clear();
		return seen;
	}

	/**
	 * The view of a node.
	 *
	 * @param nodes how many nodes it sees, itself included
	 * @param since the moment from which on it does, in nanoseconds of the clock that all
	 * processes of a machine share
	 * @param downs the names of the nodes that it has lost since it was asked last
	 */
	record Seen(int nodes, long since, List<String> downs) {

		@Override
		public String toString() {
			return this.nodes + " " + this.since + " " + String.join(",", this.downs);
		}

		static Seen of(String text) {
			String[] parts = text.split(" ", -1);
			return new Seen(Integer.parseInt(parts[0]), Long.parseLong(parts[1]),
					parts[2].isEmpty() ? List.of() : List.of(parts[2].split(",")));
		}

	}

}
