package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;

import io.clusterspring.benchmarks.chaos.NodeEvent.Kind;

/**
 * The life of one process, in the order in which it happened.
 *
 * @param name the name of its node
 * @param incarnation which of the processes that had the name
 * @param death when it was killed, {@link Long#MAX_VALUE} if it lives
 * @param sleeps when it was frozen
 * @param events what it told
 */
record NodeLife(String name, long incarnation, long death, List<Span> sleeps, List<NodeEvent> events) {

	boolean isAwake(long time) {
		return time < this.death && this.sleeps.stream().noneMatch((sleep) -> sleep.holds(time));
	}

	/**
	 * Return whether the process has heard of another node, and acts since then.
	 * @param time when
	 * @return whether it had
	 */
	boolean isJoined(long time) {
		return isAwake(time) && this.events.stream()
			.anyMatch((event) -> event.time() <= time && (event.kind() == Kind.UP || event.kind() == Kind.STARTED));
	}

	/**
	 * Return its view.
	 * @param time when
	 * @return who was in it, the oldest first
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

	/**
	 * Return whether another node was in its view all the time.
	 * @param other the node
	 * @param time the time
	 * @return whether it was
	 */
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
	 * Return when its view changed; what a view changes in is told in several events.
	 * @param time what it is asked of
	 * @return when, in order
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
	 * Return when an application ran here: up to the end of its stop, its process or the
	 * time that is asked of, without when it was frozen.
	 * @param application the application
	 * @param end the end of the time that is asked of
	 * @param grace for how long after a sleep it is not counted either
	 * @return the times
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
