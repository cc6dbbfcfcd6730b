package io.clusterspring.benchmarks.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs failure scenarios on a cluster, one after the other, and prints the results as a
 * table.
 */
public final class Chaos {

	// the time between a scenario and its examination
	private static final long AFTERMATH_SECONDS = 2;

	private final ChaosSettings settings;

	private final Fleet fleet;

	private final Observer observer;

	private Chaos(ChaosSettings settings, Fleet fleet) {
		this.settings = settings;
		this.fleet = fleet;
		this.observer = new Observer(fleet, settings.rate());
	}

	/**
	 * Run the scenarios.
	 * @param arguments see {@link ChaosSettings}
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		ChaosSettings settings = ChaosSettings.of(arguments);
		String obstacle = Machines.obstacle();
		if (!obstacle.isEmpty()) {
			System.err.println("Cannot run: " + obstacle);
			System.exit(1);
		}
		List<Outcome> outcomes = run(settings, System.err);
		print(outcomes, System.out);
		List<String> faults = outcomes.stream().flatMap((outcome) -> outcome.faults().stream()).toList();
		faults.forEach((fault) -> System.err.println("fault: " + fault));
		System.exit(faults.isEmpty() ? 0 : 1);
	}

	static List<Outcome> run(ChaosSettings settings, PrintStream progress) throws IOException, InterruptedException {
		List<Outcome> outcomes = new ArrayList<>();
		try (Fleet fleet = new Fleet(settings)) {
			Chaos chaos = new Chaos(settings, fleet);
			for (Scenario scenario : settings.scenarios()) {
				progress.println(scenario + " ...");
				Outcome outcome = chaos.run(scenario);
				outcomes.add(outcome);
				progress.println(outcome.figures());
				outcome.notes().forEach(progress::println);
				outcome.faults().forEach(progress::println);
			}
		}
		return outcomes;
	}

	// one row for each figure, one column for each scenario
	static void print(List<Outcome> outcomes, PrintStream out) {
		out.println("| | " + cells(outcomes.stream().map((outcome) -> "" + outcome.scenario())));
		out.println("| --- | " + cells(outcomes.stream().map((outcome) -> "---")));
		List<Map<String, String>> columns = outcomes.stream().map(Outcome::figures).toList();
		for (String name : columns.get(0).keySet()) {
			out.println("| " + name + " | " + cells(columns.stream().map((column) -> column.getOrDefault(name, ""))));
		}
	}

	private static String cells(Stream<String> cells) {
		return cells.collect(Collectors.joining(" | ", "", " |"));
	}

	private Outcome run(Scenario scenario) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		long end = perform(scenario);
		boolean agreed = this.fleet.awaitOneView();
		long seen = System.nanoTime();
		if (scenario != Scenario.START) {
			TimeUnit.SECONDS.sleep(AFTERMATH_SECONDS);
		}
		return this.observer.outcome(scenario, begin, new Span(end, seen), agreed);
	}

	// returns the moment from which the nodes could agree again
	private long perform(Scenario scenario) throws IOException, InterruptedException {
		return switch (scenario) {
			case START -> this.fleet.start(IntStream.rangeClosed(1, this.settings.nodes()).boxed().toList());
			case KILL -> kill();
			case RETURN -> this.fleet.start(absent());
			case FLAP -> flap();
			case SLEEP -> sleep();
		};
	}

	private long kill() {
		long now = System.nanoTime();
		this.fleet.inOrder().subList(0, this.settings.killed()).forEach(ChaosProcess::kill);
		return now;
	}

	private List<Integer> absent() {
		List<Integer> present = this.fleet.alive().stream().map(ChaosProcess::machine).toList();
		return IntStream.rangeClosed(1, this.settings.nodes())
			.filter((number) -> !present.contains(number))
			.boxed()
			.toList();
	}

	private long flap() throws InterruptedException {
		List<ChaosProcess> nodes = this.fleet.inOrder();
		int one = nodes.get(this.settings.link().get(0) - 1).machine();
		int other = nodes.get(this.settings.link().get(1) - 1).machine();
		long end = System.nanoTime() + this.settings.flap().toNanos();
		long healed = System.nanoTime();
		for (int turn = 0; System.nanoTime() < end; turn++) {
			this.fleet.machines().cut(one, other);
			sleep(this.settings.downs().get(turn % this.settings.downs().size()));
			this.fleet.machines().heal(one, other);
			healed = System.nanoTime();
			sleep(this.settings.up());
		}
		return healed;
	}

	private long sleep() throws IOException, InterruptedException {
		ChaosProcess sleeper = this.fleet.inOrder().get(this.settings.sleeper() - 1);
		sleeper.freeze();
		sleep(this.settings.sleep());
		sleeper.wake();
		return System.nanoTime();
	}

	private static void sleep(Duration time) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(time.toMillis());
	}

}
