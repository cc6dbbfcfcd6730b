package io.clusterspring.revocation;

import java.util.Set;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Absences}.
 */
class AbsencesTests {

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	private static final long NOW = Long.MAX_VALUE - 50;

	private final Absences absences = new Absences(100);

	@Test
	void nodeThatJoinsWasNotAway() {
		assertThat(this.absences.changed(Set.of(N2), NOW)).isFalse();
		assertThat(this.absences.changed(Set.of(N2, N3), NOW + 1000)).isFalse();
	}

	@Test
	void onlyALongAbsenceMatters() {
		this.absences.changed(Set.of(N2, N3), NOW);
		assertThat(this.absences.changed(Set.of(), NOW)).isFalse();
		assertThat(this.absences.changed(Set.of(N2), NOW + 100)).isFalse();
		assertThat(this.absences.changed(Set.of(N2, N3), NOW + 101)).isTrue();
		assertThat(this.absences.changed(Set.of(N2, N3), NOW + 500)).as("once").isFalse();
	}

	@Test
	void longestAbsencesAreForgottenWhenThereAreTooMany() {
		this.absences.changed(Set.of(N2), NOW);
		for (int i = 0; i < 1001; i++) {
			this.absences.changed(Set.of(Node.of("pod" + i + "@127.0.0.1")), NOW + 1);
		}
		assertThat(this.absences.changed(Set.of(N2), NOW + 1000)).isFalse();
		assertThat(this.absences.changed(Set.of(Node.of("pod500@127.0.0.1")), NOW + 1000)).isTrue();
	}

}
