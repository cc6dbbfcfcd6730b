package io.clusterspring.interest;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulation of random histories: nodes subscribe, publish, join, stand still and crash,
 * links are cut, announcements are lost and late. No message that is due is left out.
 */
class InterestHistoryTests {

	private static final int HISTORIES = Integer.getInteger("interest.histories", 1000);

	@Test
	void noMessageThatIsDueIsLeftOut() {
		long leftOut = 0;
		long due = 0;
		for (int seed = 0; seed < HISTORIES; seed++) {
			try {
				InterestWorld world = new InterestWorld(seed);
				world.run(seed % 1500);
				world.settle();
				world.checkSettled();
				leftOut += world.leftOut;
				due += world.due;
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("History " + seed, ex);
			}
		}
		assertThat(leftOut).as("messages that were not sent").isGreaterThan(HISTORIES);
		assertThat(due).as("messages that were due").isGreaterThan(HISTORIES);
	}

}
