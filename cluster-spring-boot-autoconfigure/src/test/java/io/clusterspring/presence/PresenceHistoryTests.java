package io.clusterspring.presence;

import org.junit.jupiter.api.Test;

/**
 * Whatever happens to three to five replicas in whatever order, in the end they list the
 * same, which is the truth, and have told of each change once.
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
