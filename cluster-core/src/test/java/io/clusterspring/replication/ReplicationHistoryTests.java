package io.clusterspring.replication;

import org.junit.jupiter.api.Test;

/**
 * Simulation of random histories: messages are lost and repeated, links are cut, nodes
 * restart. In the end all replicas equal what the nodes own, and each change was reported
 * once. Both ways to use the package are tried: numbered changes and a state in pages, as
 * presence does, and numbered messages and a whole state without tokens, as STOMP does.
 */
class ReplicationHistoryTests {

	private static final int HISTORIES = 3000;

	@Test
	void pagesWithTokensConverge() {
		run(true);
	}

	@Test
	void wholeStatesWithoutTokensConverge() {
		run(false);
	}

	private static void run(boolean pages) {
		for (int seed = 0; seed < HISTORIES; seed++) {
			try {
				ReplicationWorld world = new ReplicationWorld(seed, pages);
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
