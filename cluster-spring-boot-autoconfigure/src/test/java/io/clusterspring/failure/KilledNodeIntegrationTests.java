package io.clusterspring.failure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a node whose process was killed: the operating system closes its connections.
 */
class KilledNodeIntegrationTests {

	@ParameterizedTest
	@CsvSource({ "n3, n1, n2", "n1, n2, n3" })
	void othersSeeItGoWithinASecond(String killed, String other, String another) throws Exception {
		try (NodeProcesses nodes = NodeProcesses.start(27900)) {
			nodes.tellAll("publish 100 100");
			long start = System.currentTimeMillis();
			nodes.get(killed).signal("KILL");
			for (String name : new String[] { other, another }) {
				long seen = nodes.get(name).awaitEvent("down " + killed, 1, NodeProcesses.PATIENCE);
				assertThat(seen - start).as(name + " misses " + killed + " after milliseconds").isLessThan(1000);
			}
		}
	}

}
