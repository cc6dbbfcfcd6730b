package io.clusterspring.benchmarks.chaos;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs a short {@link Chaos}: outages that are shorter than failure detection, and a
 * sleep that is longer.
 */
class ChaosIntegrationTests {

	@Test
	void whatIsPromisedHolds() throws Exception {
		String obstacle = Machines.obstacle();
		if ("true".equals(System.getenv("CI"))) {
			assertThat(obstacle).isEmpty();
		}
		assumeThat(obstacle).isEmpty();
		List<Outcome> outcomes = Chaos.run(ChaosSettings.of("--scenarios=start,kill,flap,sleep", "--flap=12",
				"--down=0.5,1.5", "--up=2", "--sleep=12", "--rate=20"), System.out);
		Chaos.print(outcomes, System.out);
		assertThat(outcomes).hasSize(4).allSatisfy((outcome) -> {
			assertThat(outcome.faults()).isEmpty();
			assertThat(outcome.messages().received()).isPositive();
		});
		assertThat(outcomes.get(0).ups()).as("each of the ten sees nine others").isEqualTo(90);
		assertThat(outcomes.get(1).downs()).as("each of the five sees five go").isEqualTo(25);
		assertThat(outcomes.get(2).changes()).as("nobody is missed for a second and a half").isZero();
		assertThat(outcomes.get(3).downs()).as("four miss the one that sleeps, which misses four").isEqualTo(8);
		assertThat(outcomes.get(3).ups()).isEqualTo(8);
	}

}
