package io.clusterspring.jgroups;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NodeLimitsTests {

	@Test
	void outermostLimitsAreTaken() {
		NodeLimits limits = new NodeLimits(NodeLimits.SHORTEST_DETECTION, NodeLimits.SMALLEST_OUTBOX, Duration.ZERO);
		assertThat(limits.outbox()).isEqualTo(131_072);
		assertThat(new NodeLimits(Duration.ofHours(1), NodeLimits.LARGEST_OUTBOX, Duration.ofDays(1)).outbox())
			.isEqualTo(1_073_741_824);
	}

	@ParameterizedTest
	@CsvSource({ "PT0.999S, 131072, PT0S, second", "PT-1S, 131072, PT0S, second", "PT1S, 131071, PT0S, 131071",
			"PT1S, 0, PT0S, 0 bytes", "PT1S, -1, PT0S, -1 bytes", "PT1S, 1073741825, PT0S, 1073741825",
			"PT1S, 131072, PT-0.001S, PT-0.001S" })
	void whatIsBeyondThemIsNot(Duration detection, long outbox, Duration patience, String detail) {
		assertThatIllegalArgumentException().isThrownBy(() -> new NodeLimits(detection, outbox, patience))
			.withMessageContaining(detail);
	}

}
