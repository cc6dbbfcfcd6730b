package io.clusterspring.history;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many random lives of a few nodes: they publish, lose frames, split, heal, crash, start
 * and forget, while clients move between them. No client ever gets a message twice, out
 * of order, or misses one without being told.
 */
class HistorySimulationTests {

	private static final int STEPS = 250;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void knownHistories(long seed) {
		for (int i = 0; i < 300; i++) {
			run(1000 * seed + i);
		}
	}

	@Test
	void freshHistories() {
		Random seeds = new Random();
		int histories = Integer.getInteger("history.histories", 10_000);
		for (int i = 0; i < histories; i++) {
			run(seeds.nextLong());
		}
	}

	@Test
	void seedOfTheCommandLine() {
		run(Long.getLong("history.seed", 1));
	}

	private static void run(long seed) {
		try {
			run(seed, false);
		}
		catch (AssertionError | RuntimeException ex) {
			// the same history again, told
			run(seed, true);
			throw new AssertionError("Seed " + seed + " fails only once", ex);
		}
	}

	private static void run(long seed, boolean traced) {
		Random random = new Random(seed);
		int size = (random.nextBoolean()) ? 1000 : 4 + random.nextInt(20);
		Duration ttl = (random.nextBoolean()) ? Duration.ofHours(1) : Duration.ofMillis(500 + random.nextInt(3000));
		long bytes = (random.nextInt(4) > 0) ? 1_000_000 : 3000 + random.nextInt(3000);
		HistoryWorld world = new HistoryWorld(seed, traced, size, ttl, bytes);
		try {
			for (int i = 2 + random.nextInt(3); i > 0; i--) {
				world.start();
			}
			for (int i = 0; i < 6; i++) {
				world.addClient("c" + i, HistoryWorld.TOPICS.get(i % 2));
			}
			for (int i = 0; i < STEPS; i++) {
				world.step();
			}
			world.settle();
			world.check();
		}
		catch (AssertionError | RuntimeException ex) {
			throw new AssertionError("Seed " + seed + ": " + ex + "\n" + world.trace(), ex);
		}
	}

}
