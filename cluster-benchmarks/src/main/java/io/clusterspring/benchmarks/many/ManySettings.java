package io.clusterspring.benchmarks.many;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.clusterspring.benchmarks.Arguments;

/**
 * The settings of a measurement with many nodes.
 *
 * @param nodes the numbers of nodes
 * @param port the port of the first node; the next node has the next one
 * @param options the options of the JVM of each node
 * @param seeds how many nodes each node lists, 0 for all
 * @param idle how long nodes with nothing to do are measured
 * @param messages how many messages are broadcast
 * @param perSecond how many of them each second
 * @param properties properties of the starter, for all nodes
 */
record ManySettings(List<Integer> nodes, int port, List<String> options, int seeds, Duration idle, int messages,
		int perSecond, List<String> properties) {

	private static final Map<String, String> DEFAULTS = Map.of("nodes", "5,10,20,50", "port", "31000", "jvm",
			"-Xmx48m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", "seeds", "0", "idle", "20", "messages", "2000", "rate",
			"100", "properties", "");

	static ManySettings of(String... arguments) {
		Arguments given = Arguments.of(DEFAULTS, arguments);
		return new ManySettings(given.list("nodes", ",").map(Integer::valueOf).toList(), given.number("port"),
				given.list("jvm", " ").toList(), given.number("seeds"), given.seconds("idle"), given.number("messages"),
				given.number("rate"), given.list("properties", " ").filter((one) -> !one.isEmpty()).toList());
	}

	// how many nodes die at once, and how many restart at once
	static int group(int nodes) {
		return Math.max(1, nodes / 10);
	}

}
