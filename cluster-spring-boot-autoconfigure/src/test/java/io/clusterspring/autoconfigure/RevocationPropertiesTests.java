package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RevocationProperties}.
 */
class RevocationPropertiesTests {

	private final RevocationProperties properties = new RevocationProperties(10, Duration.ofSeconds(60));

	@Test
	void nodeRemembersForAsLongAsItIsTold() {
		assertThat(this.properties.retention(Duration.ofSeconds(8))).isEqualTo(Duration.ofSeconds(60));
		assertThat(this.properties.retention(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void nodeRemembersForLongerThanTheFailureOfAnotherOneMayTakeToBeDetected() {
		assertThat(this.properties.retention(Duration.ofSeconds(45))).isEqualTo(Duration.ofSeconds(90));
	}

}
