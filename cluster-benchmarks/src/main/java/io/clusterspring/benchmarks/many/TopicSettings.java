package io.clusterspring.benchmarks.many;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.clusterspring.benchmarks.Arguments;

/**
 * The settings of a measurement of many topics.
 *
 * @param nodes the numbers of nodes, growing; the topics are those of the last one
 * @param topics how many topics there are, on all nodes together
 * @param joins how many subscriptions are measured one at a time
 * @param rate how many new topics get a subscriber each second in a storm
 * @param time how long a storm lasts
 * @param crowd the settings of the nodes
 */
record TopicSettings(List<Integer> nodes, int topics, int joins, int rate, Duration time, ManySettings crowd) {

	private static final Map<String, String> DEFAULTS = Map.of("nodes", "2,5,10", "topics", "100000", "joins", "2000",
			"rate", "10000", "seconds", "5", "port", "32000", "jvm", "-Xms192m -Xmx192m");

	static TopicSettings of(String... arguments) {
		Arguments given = Arguments.of(DEFAULTS, arguments);
		return new TopicSettings(given.list("nodes", ",").map(Integer::valueOf).toList(), given.number("topics"),
				given.number("joins"), given.number("rate"), given.seconds("seconds"),
				ManySettings.of("--jvm=" + given.text("jvm"), "--port=" + given.text("port")));
	}

	int largest() {
		return this.nodes.get(this.nodes.size() - 1);
	}

	// how many new topics get a subscriber on a node
	int stormOfNode() {
		return (int) (this.rate / largest() * this.time.toMillis() / 1000);
	}

	int topicsOfNode() {
		return this.topics / largest();
	}

}
