package io.clusterspring.jgroups;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EngineFailures}.
 */
class EngineFailuresTests {

	private final EngineFailures failures = new EngineFailures();

	@Test
	void nodeWithoutMemoryTakesNothingLargeForAMoment() {
		this.failures.add("lane", new InternalError("test"));
		assertThat(this.failures.isShortOfMemory()).isFalse();
		this.failures.add("lane", new OutOfMemoryError("test"));
		assertThat(this.failures.isShortOfMemory()).isTrue();
		this.failures.clear();
		assertThat(this.failures.isShortOfMemory()).isFalse();
	}

}
