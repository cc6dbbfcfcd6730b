package io.clusterspring.autoconfigure.diagnostics;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.clusterspring.channel.ChannelMappingException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelMappingFailureAnalyzer}.
 */
class ChannelMappingFailureAnalyzerTests {

	@Test
	void descriptionIsTheMistakeAndActionItsCorrection() {
		FailureAnalysis analysis = new ChannelMappingFailureAnalyzer().analyze(new IllegalStateException("boot",
				new ChannelMappingException("No channel calls Rooms.join", "Annotate it.")));
		assertThat(analysis.getDescription()).isEqualTo("No channel calls Rooms.join.");
		assertThat(analysis.getAction()).isEqualTo("Annotate it.");
	}

}
