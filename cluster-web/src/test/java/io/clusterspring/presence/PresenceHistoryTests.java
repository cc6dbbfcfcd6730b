package io.clusterspring.presence;

import org.junit.jupiter.api.Test;

/**
 * Simulation of random histories of three to five replicas: in the end all replicas list
 * exactly the tracked entries, and have reported each change once.
 */
class PresenceHistoryTests {

	private static final int HISTORIES = 10_000;

	@Test
	void replicasConvergeWithoutGhosts() {
		for (int seed = 0; seed < HISTORIES; seed++) {
			try {
				PresenceWorld world = new PresenceWorld(seed);
				world.run(seed % 200);
				world.settle();
				world.check();
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("History " + seed, ex);
			}
		}
	}

}
