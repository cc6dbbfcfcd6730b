package io.clusterspring.jgroups.engine;

import java.util.List;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.engine.ChannelReceiver.MergedParts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MergedParts}.
 */
class MergedPartsTests {

	private final Address a = UUID.randomUUID();

	private final Address b = UUID.randomUUID();

	private final Address c = UUID.randomUUID();

	private final Address d = UUID.randomUUID();

	@Test
	void partsOfAPartitionWentOnWithoutEachOther() {
		MergedParts parts = new MergedParts(
				List.of(View.create(this.a, 7, this.a, this.b), View.create(this.c, 7, this.c)));
		assertThat(parts.wentOnWithout(this.a)).containsExactly(this.c);
		assertThat(parts.wentOnWithout(this.b)).containsExactly(this.c);
		assertThat(parts.wentOnWithout(this.c)).containsExactlyInAnyOrder(this.a, this.b);
	}

	@Test
	void onlyACoordinatorThatWasFrozenHasMissedSomething() {
		MergedParts parts = new MergedParts(List.of(View.create(this.a, 3, this.a, this.b, this.c),
				View.create(this.b, 5, this.b, this.c, this.d)));
		assertThat(parts.wentOnWithout(this.a)).containsExactlyInAnyOrder(this.b, this.c, this.d);
		assertThat(parts.wentOnWithout(this.b)).isEmpty();
		assertThat(parts.wentOnWithout(this.c)).isEmpty();
		assertThat(parts.wentOnWithout(this.d)).containsExactly(this.a);
	}

	@Test
	void onlyAMemberThatWasFrozenHasMissedSomething() {
		MergedParts parts = new MergedParts(
				List.of(View.create(this.a, 4, this.a, this.b), View.create(this.c, 3, this.a, this.b, this.c)));
		assertThat(parts.wentOnWithout(this.c)).containsExactlyInAnyOrder(this.a, this.b);
		assertThat(parts.wentOnWithout(this.a)).isEmpty();
	}

	@Test
	void aFrozenCoordinatorThatHasBegunToMissTheOthersIsBelievedByNobody() {
		MergedParts parts = new MergedParts(
				List.of(View.create(this.a, 4, this.a, this.c), View.create(this.b, 4, this.b, this.c)));
		assertThat(parts.wentOnWithout(this.a)).containsExactlyInAnyOrder(this.b, this.c);
		assertThat(parts.wentOnWithout(this.c)).isEmpty();
	}

	@Test
	void newcomerMissedNothingOfMembersThatHaveNotHeardOfIt() {
		MergedParts parts = new MergedParts(
				List.of(View.create(this.a, 4, this.a, this.b, this.c), View.create(this.a, 3, this.a, this.b)));
		assertThat(parts.wentOnWithout(this.c)).isEmpty();
		assertThat(parts.wentOnWithout(this.b)).isEmpty();
	}

	@Test
	void memberThatItsCoordinatorHasLeftOutMissedWhatCameThen() {
		MergedParts parts = new MergedParts(
				List.of(View.create(this.a, 4, this.a, this.b), View.create(this.a, 3, this.a, this.b, this.c)));
		assertThat(parts.wentOnWithout(this.c)).containsExactlyInAnyOrder(this.a, this.b);
	}

}
