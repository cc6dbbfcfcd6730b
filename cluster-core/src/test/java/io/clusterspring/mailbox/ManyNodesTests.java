package io.clusterspring.mailbox;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManyNodes}.
 */
class ManyNodesTests {

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 1", "8, 1", "12, 1.5", "32, 4", "1000, 4" })
	void takesUpToFourTimesAsLong(int nodes, double slowdown) {
		assertThat(ManyNodes.slowdown(nodes)).isEqualTo(slowdown);
	}

}
