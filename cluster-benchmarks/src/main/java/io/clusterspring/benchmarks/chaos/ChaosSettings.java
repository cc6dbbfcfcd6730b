package io.clusterspring.benchmarks.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.util.Assert;

import io.clusterspring.benchmarks.Arguments;

/**
 * The settings of a run: the scenarios and their durations.
 *
 * @param nodes the number of nodes
 * @param scenarios the scenarios, in order
 * @param killed how many nodes are killed at once
 * @param flap how long a link flaps
 * @param downs how long it is down each time, used in turn
 * @param up how long it is up in between
 * @param link the two nodes of the link, counted from the coordinator
 * @param sleep how long a process sleeps
 * @param sleeper the node that sleeps, counted from the coordinator
 * @param rate how many messages a second a node publishes
 * @param sync how long a node that starts waits for the others
 * @param patience the longest wait for one view
 * @param options the options of the JVM of each node
 * @param logs the directory for the log of each process, empty for no logs
 */
record ChaosSettings(int nodes, List<Scenario> scenarios, int killed, Duration flap, List<Duration> downs, Duration up,
		List<Integer> link, Duration sleep, int sleeper, int rate, Duration sync, Duration patience,
		List<String> options, String logs) {

	private static final Map<String, String> DEFAULTS = Map.ofEntries(Map.entry("nodes", "10"),
			Map.entry("scenarios", "start,kill,return,flap,sleep"), Map.entry("killed", "5"), Map.entry("flap", "300"),
			Map.entry("down", "1,4,12"), Map.entry("up", "10"), Map.entry("link", "1-2"), Map.entry("sleep", "600"),
			Map.entry("sleeper", "1"), Map.entry("rate", "50"), Map.entry("sync", "30"), Map.entry("patience", "90"),
			Map.entry("jvm", "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"), Map.entry("logs", ""));

	ChaosSettings {
		Assert.isTrue(scenarios.indexOf(Scenario.START) == 0, "The first scenario must be the start");
		Assert.isTrue(link.size() == 2, "A link needs two nodes, such as 1-2");
		Assert.isTrue(killed < nodes, "At least one node must stay alive");
	}

	// times are in seconds
	static ChaosSettings of(String... arguments) {
		Arguments given = Arguments.of(DEFAULTS, arguments);
		return new ChaosSettings(given.number("nodes"),
				given.list("scenarios", ",").map((name) -> Scenario.valueOf(name.toUpperCase(Locale.ROOT))).toList(),
				given.number("killed"), given.seconds("flap"), given.seconds("down", ",").toList(), given.seconds("up"),
				given.list("link", "-").map(Integer::valueOf).toList(), given.seconds("sleep"), given.number("sleeper"),
				given.number("rate"), given.seconds("sync"), given.seconds("patience"), given.list("jvm", " ").toList(),
				given.text("logs"));
	}

	Path log(String process) {
		return Path.of(this.logs, process + ".log");
	}

}
