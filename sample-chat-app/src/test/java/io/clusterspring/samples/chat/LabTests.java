package io.clusterspring.samples.chat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which requests may kill and start nodes of the sample.
 */
class LabTests {

	private static final String N1 = "http://127.0.0.1:4001";

	private static final String N2 = "http://127.0.0.1:4002";

	private final Lab lab = new Lab(Path.of("pipe"), Map.of("n1", N1, "n2", N2));

	@Test
	void pagesOfBothNodesMay() {
		assertThat(this.lab.isOurs(true, "127.0.0.1:4001", N1)).isTrue();
		assertThat(this.lab.isOurs(true, "127.0.0.1:4001", N2)).isTrue();
	}

	@Test
	void othersMayNot() {
		assertThat(this.lab.isOurs(false, "127.0.0.1:4001", N1)).as("another machine").isFalse();
		assertThat(this.lab.isOurs(true, "127.0.0.1:4001", null)).as("no origin").isFalse();
		assertThat(this.lab.isOurs(true, "127.0.0.1:4001", "null")).as("a sandbox").isFalse();
		assertThat(this.lab.isOurs(true, "127.0.0.1:4001", "http://127.0.0.1:4003")).as("another port").isFalse();
		assertThat(this.lab.isOurs(true, "evil.example:4001", N1)).as("a name that is bound to us").isFalse();
		assertThat(this.lab.isOurs(true, null, N1)).as("no host").isFalse();
	}

}
