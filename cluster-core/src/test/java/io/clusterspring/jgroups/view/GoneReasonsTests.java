package io.clusterspring.jgroups.view;

import java.util.List;

import org.jgroups.Address;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GoneReasons}.
 */
class GoneReasonsTests {

	private static final Node N1 = Node.of("n1@h");

	private static final Node N2 = Node.of("n2@h");

	private static final Address A1 = MemberAddress.newAddress(N1, 1);

	private static final Address A2 = MemberAddress.newAddress(N2, 2);

	private final GoneReasons reasons = new GoneReasons();

	@Test
	void whatWasNoticedIsTheReason() {
		this.reasons.installed(List.of(A1, A2));
		this.reasons.note(List.of(A2), "its connection was closed");
		assertThat(this.reasons.of(N2)).isNull();
		this.reasons.excluded(List.of(A2));
		this.reasons.installed(List.of(A1));
		assertThat(this.reasons.of(N2)).isEqualTo("suspected: its connection was closed");
		this.reasons.installed(List.of(A1, A2));
		assertThat(this.reasons.of(N2)).isNull();
	}

	@Test
	void memberThatOthersMissHasAReason() {
		this.reasons.installed(List.of(A1, A2));
		this.reasons.excluded(List.of(A2));
		assertThat(this.reasons.of(N2)).isEqualTo("suspected: another node does not hear it");
	}

	@Test
	void linksThatAreCutAreTheReasonOnce() {
		this.reasons.installed(List.of(A1, A2));
		this.reasons.cut();
		this.reasons.excluded(List.of(A2));
		assertThat(this.reasons.of(N2)).isEqualTo("excluded: not all nodes reach each other");
		this.reasons.excluded(List.of(A1));
		assertThat(this.reasons.of(N1)).startsWith("suspected");
	}

	@Test
	void memberThatTurnsOutToBeWellIsNotRemembered() {
		this.reasons.installed(List.of(A1, A2));
		this.reasons.note(List.of(A2), "its connection was closed");
		this.reasons.installed(List.of(A1, A2));
		this.reasons.excluded(List.of(A2));
		assertThat(this.reasons.of(N2)).isEqualTo("suspected: another node does not hear it");
		this.reasons.note(List.of(MemberAddress.newAddress(Node.of("n3@h"), 3)), "a stranger");
	}

}
