package io.clusterspring.benchmarks.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.clusterspring.benchmarks.chaos.NodeEvent.Kind;

/**
 * Examines the nodes after each scenario.
 */
final class Observer {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(100);

	// the time that a frozen process may need to notice its freeze
	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Pattern PROBLEM = Pattern.compile("^\\S+ +(WARN|ERROR) ");

	private final Fleet fleet;

	private final int rate;

	private final Map<Long, Footprint> first = new HashMap<>();

	private Deliveries before = new Deliveries(new Timeline(List.of()), Map.of());

	private long logged;

	Observer(Fleet fleet, int rate) {
		this.fleet = fleet;
		this.rate = rate;
	}

	/**
	 * Examine the result of a scenario. No node publishes meanwhile.
	 * @param scenario the scenario
	 * @param begin when it began
	 * @param after the period from its end until the nodes agreed again, or until the
	 * timeout
	 * @param agreed whether the nodes agreed
	 * @return the result
	 */
	Outcome outcome(Scenario scenario, long begin, Span after, boolean agreed) throws InterruptedException {
		long ghosts = ghosts();
		awaitPresence();
		this.fleet.alive().forEach((process) -> process.tell("rate 0"));
		Deliveries deliveries = awaitMessages();
		long remaining = ghosts();
		Map<Long, Footprint> footprints = awaitFootprints();
		Span time = new Span(begin, System.nanoTime());
		Timeline timeline = this.fleet.timeline();
		List<NodeLife> alive = timeline.joined(time.to());
		MessageFigures messages = deliveries.since(this.before, time);
		this.before = deliveries;
		this.fleet.alive().forEach((process) -> process.tell("rate " + this.rate));
		return new Outcome(scenario, agreed, oneView(alive, after), longest(timeline.overlaps(time)),
				alive.stream().mapToLong((life) -> life.count(Kind.UP, time)).sum(),
				alive.stream().mapToLong((life) -> life.count(Kind.DOWN, time)).sum(),
				alive.stream().mapToLong((life) -> life.viewChanges(time).size()).max().orElse(0), messages, ghosts,
				remaining, seconds(timeline.twice(ChaosNode.SINGLE, time, 0)),
				seconds(timeline.twice(ChaosNode.VOTED, time, GRACE_NANOS)),
				seconds(timeline.twice(ChaosNode.VOTED, time, 0)), threads(footprints),
				growth(footprints, Footprint::heap), logged(), notes(deliveries.losses(time), footprints));
	}

	private static double oneView(List<NodeLife> alive, Span time) {
		return seconds(alive.stream()
			.flatMap((life) -> life.viewChanges(time).stream())
			.mapToLong((change) -> change - time.from())
			.max()
			.orElse(0));
	}

	private static double longest(List<Span> spans) {
		return seconds(spans.stream().mapToLong(Span::length).max().orElse(0));
	}

	private static double seconds(long nanos) {
		return nanos / 1e9;
	}

	private void awaitPresence() throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (ghosts() > 0 && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	// the number of extra or missing entries on all nodes
	private long ghosts() throws InterruptedException {
		Set<String> names = this.fleet.alive().stream().map(ChaosProcess::name).collect(Collectors.toSet());
		long wrong = 0;
		for (NodeState state : states().values()) {
			Map<String, Integer> present = state.present();
			wrong += names.stream().filter((name) -> !present.containsKey(name)).count();
			wrong += present.entrySet()
				.stream()
				.mapToLong((entry) -> names.contains(entry.getKey()) ? entry.getValue() - 1 : entry.getValue())
				.sum();
		}
		return wrong;
	}

	private Map<Long, NodeState> states() throws InterruptedException {
		Map<Long, NodeState> states = new HashMap<>();
		for (ChaosProcess process : this.fleet.alive()) {
			states.put(process.life().incarnation(), process.ask("state", NodeState.class));
		}
		return states;
	}

	private Deliveries awaitMessages() throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		Deliveries deliveries = new Deliveries(this.fleet.timeline(), states());
		while (!deliveries.isComplete() && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(100);
			deliveries = new Deliveries(this.fleet.timeline(), states());
		}
		return deliveries;
	}

	// idle threads of pools end after a while
	private Map<Long, Footprint> awaitFootprints() throws InterruptedException {
		long deadline = System.nanoTime() + IDLE_NANOS;
		Map<Long, Footprint> footprints = footprints();
		while (threads(footprints) >= Outcome.MOST_THREADS && System.nanoTime() < deadline) {
			TimeUnit.SECONDS.sleep(5);
			footprints = footprints();
		}
		return footprints;
	}

	private Map<Long, Footprint> footprints() throws InterruptedException {
		Map<Long, Footprint> footprints = new HashMap<>();
		for (ChaosProcess process : this.fleet.alive()) {
			Footprint footprint = process.ask("footprint", Footprint.class);
			long incarnation = process.life().incarnation();
			this.first.putIfAbsent(incarnation, footprint);
			footprints.put(incarnation, footprint);
		}
		return footprints;
	}

	private int threads(Map<Long, Footprint> footprints) {
		return (int) growth(footprints, Footprint::threadCount);
	}

	private long growth(Map<Long, Footprint> footprints, ToLongFunction<Footprint> figure) {
		return footprints.entrySet()
			.stream()
			.mapToLong((each) -> figure.applyAsLong(each.getValue()) - figure.applyAsLong(first(each.getKey())))
			.max()
			.orElse(0);
	}

	private List<String> notes(List<String> losses, Map<Long, Footprint> footprints) {
		Map<String, Integer> grown = new TreeMap<>();
		footprints.forEach((incarnation, footprint) -> footprint.threadsMoreThan(first(incarnation))
			.forEach((name, more) -> grown.merge(name, more, Math::max)));
		List<String> notes = new ArrayList<>(losses);
		notes.add("threads more than at the start: " + grown);
		return notes;
	}

	private Footprint first(long incarnation) {
		return this.first.getOrDefault(incarnation, new Footprint(0, Map.of()));
	}

	private long logged() {
		long all = this.fleet.processes()
			.stream()
			.flatMap((process) -> process.log().stream())
			.filter((line) -> PROBLEM.matcher(line).find())
			.count();
		long more = all - this.logged;
		this.logged = all;
		return more;
	}

}
