package io.clusterspring.autoconfigure.diagnostics;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.MandatoryNodesDownException;
import io.clusterspring.Node;
import io.clusterspring.RefusedPeer;
import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.SyncTimeout;
import io.clusterspring.UnreachedPlace;
import io.clusterspring.UnreachedPlace.Cause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MandatoryNodesDownFailureAnalyzer}.
 */
class MandatoryNodesDownFailureAnalyzerTests {

	@ParameterizedTest
	@EnumSource
	void thereIsSomethingToDoForEachReason(Reason reason) {
		MandatoryNodesDownException failure = new MandatoryNodesDownException("shop", List.of(Node.of("n1@10.0.0.7")),
				SyncTimeout.of("5s"), List.of(new RefusedPeer("10.0.0.7:7800", reason, "the detail")), List.of());
		FailureAnalysis analysis = new MandatoryNodesDownFailureAnalyzer().analyze(failure);
		assertThat(analysis.getDescription()).contains("n1@10.0.0.7", "10.0.0.7:7800: the detail");
		assertThat(analysis.getAction()).endsWith(".").doesNotContain("null");
	}

	@Test
	void placesWithoutANodeAreListed() {
		MandatoryNodesDownException failure = new MandatoryNodesDownException("shop", List.of(Node.of("n1@10.0.0.7")),
				SyncTimeout.of("5s"), List.of(),
				List.of(new UnreachedPlace("10.0.0.7:7800-7809", Cause.TIMED_OUT, "connecting timed out")));
		FailureAnalysis analysis = new MandatoryNodesDownFailureAnalyzer().analyze(failure);
		assertThat(analysis.getDescription()).contains("The search for nodes failed:",
				"- 10.0.0.7:7800-7809: connecting timed out");
	}

}
