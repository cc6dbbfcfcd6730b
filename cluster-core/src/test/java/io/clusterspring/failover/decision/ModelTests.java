package io.clusterspring.failover.decision;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Checks the models of votes and leases in {@code docs/model} with Spin, every night.
 */
@EnabledIfSystemProperty(named = "failover.models", matches = "true")
class ModelTests {

	private static final int TOOL_IS_MISSING = 2;

	@Test
	void theModelsHoldAndTheirMutationsDoNot() throws Exception {
		Process check = new ProcessBuilder("bash", "../docs/model/check").redirectErrorStream(true).start();
		String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		int status = check.waitFor();
		if (!"true".equals(System.getenv("CI"))) {
			assumeThat(status).as(output).isNotEqualTo(TOOL_IS_MISSING);
		}
		assertThat(status).as(output).isZero();
	}

}
