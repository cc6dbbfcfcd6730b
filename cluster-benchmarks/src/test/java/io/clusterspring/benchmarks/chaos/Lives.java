package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;

import io.clusterspring.benchmarks.chaos.NodeEvent.Kind;

/**
 * Creates {@link NodeLife}s for tests. The incarnation of a node is the number in its
 * name.
 */
final class Lives {

	private final String name;

	private final List<NodeEvent> events = new ArrayList<>();

	private final List<Span> sleeps = new ArrayList<>();

	private long death = Long.MAX_VALUE;

	private Lives(String name) {
		this.name = name;
	}

	static Lives of(String name) {
		Lives life = new Lives(name);
		return life.tell(Kind.STARTED, name, 0);
	}

	Lives up(String node, long time, String... view) {
		this.events.add(new NodeEvent(Kind.UP, node, time, List.of(view)));
		return this;
	}

	Lives down(String node, long time, String... view) {
		this.events.add(new NodeEvent(Kind.DOWN, node, time, List.of(view)));
		return this;
	}

	Lives tell(Kind kind, String subject, long time) {
		this.events.add(new NodeEvent(kind, subject, time, List.of()));
		return this;
	}

	Lives asleep(long from, long to) {
		this.sleeps.add(new Span(from, to));
		return this;
	}

	Lives dead(long time) {
		this.death = time;
		return this;
	}

	NodeLife life() {
		return new NodeLife(this.name, Long.parseLong(this.name.substring(1)), this.death, this.sleeps, this.events);
	}

}
