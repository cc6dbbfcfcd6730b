package io.clusterspring.autoconfigure.diagnostics;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.EngineMismatchException;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.StackSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link EngineMismatchFailureAnalyzer}.
 */
class EngineMismatchFailureAnalyzerTests {

	@Test
	void bothVersionsAndTheWayOutAreNamed() {
		JGroupsTransport transport = StackSamples.transport("mismatch", NodeAddress.of("n1@127.0.0.1"), List.of(),
				new PortRange(28485, 1), List.of((channel) -> {
					throw new NoSuchMethodError("void doSend()");
				}));
		EngineMismatchException failure = catchThrowableOfType(EngineMismatchException.class,
				() -> transport.connect(new RecordingListener()));
		FailureAnalysis analysis = new EngineMismatchFailureAnalyzer().analyze(failure);
		assertThat(analysis.getDescription()).contains("JGroups 5.5.7", "built for JGroups 5.5", "doSend");
		assertThat(analysis.getAction()).contains("org.jgroups:jgroups", "docs/upgrading.md");
	}

}
