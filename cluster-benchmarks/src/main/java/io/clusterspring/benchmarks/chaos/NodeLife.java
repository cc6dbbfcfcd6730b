package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;

import io.clusterspring.benchmarks.chaos.NodeEvent.Kind;

/**
 * The life of one process, with its events in order.
 *
 * @param name the name of its node
 * @param incarnation the incarnation of that node
 * @param death when it was killed, {@link Long#MAX_VALUE} if it is alive
 * @param sleeps the periods in which it was frozen
 * @param events the events that it reported
 */
record NodeLife(String name, long incarnation, long death, List<Span> sleeps, List<NodeEvent> events) {

	boolean isAwake(long time) {
		return time < this.death && this.sleeps.stream().noneMatch((sleep) -> sleep.holds(time));
	}

	// returns whether the process has seen another node, and runs since then
	boolean isJoined(long time) {
		return isAwake(time) && this.events.stream()
			.anyMatch((event) -> event.time() <= time && (event.kind() == Kind.UP || event.kind() == Kind.STARTED));
	}

	/**
	 * Return its view.
	 * @param time when
	 * @return the nodes, the oldest first
	 */
	List<String> view(long time) {
		List<String> view = List.of(this.name);
		for (NodeEvent event : changes()) {
			if (event.time() > time) {
				break;
			}
			view = event.view();
		}
		return view;
	}

	// returns whether another node was in its view for a whole period
	boolean keeps(String other, Span time) {
		return view(time.from()).contains(other) && changes().stream()
			.filter((event) -> event.time() > time.from() && event.time() <= time.to())
			.allMatch((event) -> event.view().contains(other) && !isAbout(event, Kind.DOWN, other));
	}

	private static boolean isAbout(NodeEvent event, Kind kind, String other) {
		return event.kind() == kind && event.subject().equals(other);
	}

	private List<NodeEvent> changes() {
		return this.events.stream().filter((event) -> !event.view().isEmpty()).toList();
	}

	/**
	 * Return when its view changed. One change may have several events.
	 * @param time the period
	 * @return the times in order
	 */
	List<Long> viewChanges(Span time) {
		List<Long> times = new ArrayList<>();
		List<String> before = view(time.from());
		for (NodeEvent event : changes()) {
			if (time.holds(event.time()) && !event.view().equals(before)) {
				times.add(event.time());
				before = event.view();
			}
		}
		return times;
	}

	long count(Kind kind, Span time) {
		return this.events.stream().filter((event) -> event.kind() == kind && time.holds(event.time())).count();
	}

	/**
	 * Return when an application ran here, without the periods in which the process was
	 * frozen. A run ends with the stop, the process or the period.
	 * @param application the application
	 * @param end the end of the period
	 * @param grace the time after a freeze that does not count either
	 * @return the runs
	 */
	List<Span> runs(String application, long end, long grace) {
		List<Span> runs = new ArrayList<>();
		long start = -1;
		for (NodeEvent event : this.events) {
			if (event.subject().equals(application) && event.kind() == Kind.RUN) {
				start = event.time();
			}
			else if (event.subject().equals(application) && event.kind() == Kind.REST && start >= 0) {
				runs.add(new Span(start, Math.min(this.death, event.time())));
				start = -1;
			}
		}
		if (start >= 0) {
			runs.add(new Span(start, Math.min(this.death, end)));
		}
		for (Span sleep : this.sleeps) {
			Span excused = new Span(sleep.from(), (sleep.to() == Long.MAX_VALUE) ? sleep.to() : sleep.to() + grace);
			runs = runs.stream().flatMap((run) -> run.without(excused)).toList();
		}
		return runs;
	}

}
