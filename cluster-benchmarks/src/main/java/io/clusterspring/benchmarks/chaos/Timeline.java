package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The lives of all processes, and their views of the cluster.
 *
 * @param lives one for each process, including those that have ended
 */
record Timeline(List<NodeLife> lives) {

	// returns the periods in which views overlapped: two nodes had different views with a
	// common node, so one view was wrong. Nodes that are dead, frozen or have not joined
	// do not count
	List<Span> overlaps(Span time) {
		List<Span> overlaps = new ArrayList<>();
		long since = -1;
		for (long moment : moments(time)) {
			boolean now = overlapAt(moment);
			if (now && since < 0) {
				since = moment;
			}
			else if (!now && since >= 0) {
				overlaps.add(new Span(since, moment));
				since = -1;
			}
		}
		if (since >= 0) {
			overlaps.add(new Span(since, time.to()));
		}
		return overlaps;
	}

	private Set<Long> moments(Span time) {
		Set<Long> moments = new TreeSet<>(Set.of(time.from()));
		this.lives.stream()
			.flatMap((life) -> Stream.concat(
					life.sleeps().stream().flatMap((sleep) -> Stream.of(sleep.from(), sleep.to())),
					Stream.concat(Stream.of(life.death()), life.events().stream().map(NodeEvent::time))))
			.filter(time::holds)
			.forEach(moments::add);
		return moments;
	}

	private boolean overlapAt(long time) {
		List<NodeLife> awake = joined(time);
		Set<String> names = new HashSet<>(awake.stream().map(NodeLife::name).toList());
		List<List<String>> views = awake.stream().map((life) -> life.view(time)).distinct().toList();
		return views.stream()
			.anyMatch((one) -> views.stream()
				.anyMatch((other) -> !one.equals(other)
						&& one.stream().anyMatch((name) -> names.contains(name) && other.contains(name))));
	}

	List<NodeLife> joined(long time) {
		return this.lives.stream().filter((life) -> life.isJoined(time)).toList();
	}

	// returns whether all awake nodes have the same view, which contains exactly these
	// nodes
	boolean isOneView(long time, int count) {
		List<NodeLife> awake = joined(time);
		List<String> view = awake.isEmpty() ? List.of() : awake.get(0).view(time);
		return awake.size() == count && Set.copyOf(view).equals(Set.copyOf(awake.stream().map(NodeLife::name).toList()))
				&& awake.stream().allMatch((life) -> life.view(time).equals(view));
	}

	/**
	 * Return whether two processes were awake and had each other in their views for a
	 * whole period.
	 * @param one a process
	 * @param other another one
	 * @param time the time
	 * @return {@code true} if they had
	 */
	static boolean together(NodeLife one, NodeLife other, Span time) {
		return one.keeps(other.name(), time) && other.keeps(one.name(), time) && slept(one, time) == 0
				&& slept(other, time) == 0;
	}

	private static long slept(NodeLife life, Span time) {
		return life.sleeps().stream().mapToLong((sleep) -> sleep.and(time).length()).sum();
	}

	/**
	 * Return how long an application ran on two or more nodes.
	 * @param application the application
	 * @param time the period
	 * @param grace the time that a frozen process may need to notice its freeze
	 * @return the longest such time in nanoseconds, 0 if there is none
	 */
	long twice(String application, Span time, long grace) {
		List<List<Span>> runs = this.lives.stream().map((life) -> life.runs(application, time.to(), grace)).toList();
		long longest = 0;
		for (int i = 0; i < runs.size(); i++) {
			for (List<Span> others : runs.subList(i + 1, runs.size())) {
				longest = Math.max(longest, longest(runs.get(i), others, time));
			}
		}
		return longest;
	}

	private static long longest(List<Span> some, List<Span> others, Span time) {
		return some.stream()
			.flatMap((one) -> others.stream().map((other) -> one.and(other).and(time)))
			.mapToLong(Span::length)
			.max()
			.orElse(0);
	}

}
