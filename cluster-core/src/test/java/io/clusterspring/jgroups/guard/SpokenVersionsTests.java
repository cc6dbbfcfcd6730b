package io.clusterspring.jgroups.guard;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpokenVersions}.
 */
class SpokenVersionsTests {

	private static final SpokenVersions SPOKEN = new SpokenVersions(2, 3, 5, 5);

	@Test
	void whatALaterReleaseSaysBesideItsVersionsIsSkipped() {
		assertThat(SpokenVersions.read(new byte[] { 2, 3, 5, 5, 99, 1 })).isEqualTo(SPOKEN);
		assertThat(SpokenVersions.read(SPOKEN.bytes())).isEqualTo(SPOKEN);
		assertThat(SpokenVersions.read(new byte[] { 2, 3, 5 })).isNull();
		assertThat(SPOKEN.fit(null)).isFalse();
		assertThat(SPOKEN.refuse(null)).hasMessageStartingWith("it does not say");
	}

	@Test
	void jGroupsIsTheOneThatThisReleaseWasBuiltFor() {
		assertThat(SpokenVersions.own().warning()).isNull();
		assertThat(new SpokenVersions(1, 1, 5, 6).warning()).contains("JGroups 5.6 is on the class path",
				"JGroups 5.5");
		assertThat(new SpokenVersions(1, 1, 6, 5).warning()).contains("JGroups 6.5 is on the class path");
	}

}
