package io.clusterspring.interest;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulation of random histories: nodes subscribe, publish, pause, join, stand still and
 * crash, links are cut, announcements are lost and late. No message that is due is left
 * out.
 */
class InterestHistoryTests {

	private static final int HISTORIES = Integer.getInteger("interest.histories", 1000);

	private long leftOut;

	private long due;

	private long dueWithoutLease;

	private long awakenings;

	@Test
	void noMessageThatIsDueIsLeftOut() {
		for (int seed = 0; seed < HISTORIES; seed++) {
			run(seed, seed % 1500);
		}
		assertThat(this.leftOut).as("messages that were not sent").isGreaterThan(HISTORIES);
		assertThat(this.due).as("messages that were due").isGreaterThan(HISTORIES);
		assertThat(this.dueWithoutLease).as("messages that were due, and found no lease").isGreaterThan(HISTORIES);
		assertThat(this.awakenings).as("nodes that began to publish again").isGreaterThan(HISTORIES);
	}

	@Test
	void freshHistories() {
		Random seeds = new Random();
		for (int i = 0; i < HISTORIES / 4; i++) {
			run(seeds.nextLong(), seeds.nextInt(1500));
		}
	}

	private void run(long seed, int steps) {
		try {
			InterestWorld world = new InterestWorld(seed);
			world.run(steps);
			SettledInterests end = new SettledInterests(world);
			end.settle();
			end.checkSettled();
			end.checkIdle();
			this.leftOut += world.leftOut;
			this.due += world.due;
			this.dueWithoutLease += world.dueWithoutLease;
			this.awakenings += world.awakenings;
		}
		catch (RuntimeException | AssertionError ex) {
			throw new AssertionError("History " + seed + " of " + steps + " steps", ex);
		}
	}

}
