package io.clusterspring.jgroups.view;

import java.util.List;
import java.util.Map;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LateViews}.
 */
class LateViewsTests {

	private final Address a = UUID.randomUUID();

	private final Address b = UUID.randomUUID();

	private final Address c = UUID.randomUUID();

	private final View before = View.create(this.a, 3, this.a, this.b);

	private final View after = View.create(this.a, 4, this.a, this.b, this.c);

	private final LateViews late = new LateViews();

	@Test
	void memberThatIsLateIsWaitedForAMoment() {
		Map<Address, View> told = Map.of(this.c, this.after, this.b, this.before);
		assertThat(this.late.isAnyExpected(told, 1000)).isTrue();
		assertThat(this.late.isAnyExpected(told, 5999)).isTrue();
		assertThat(this.late.isAnyExpected(told, 6000)).isFalse();
	}

	@Test
	void nextViewIsWaitedForAnew() {
		this.late.isAnyExpected(Map.of(this.c, this.after, this.b, this.before), 1000);
		View next = View.create(this.a, 5, this.a, this.b, this.c);
		assertThat(this.late.isAnyExpected(Map.of(this.a, next, this.b, this.after), 6000)).isTrue();
	}

	@Test
	void memberThatHasTakenTheViewIsForgotten() {
		Map<Address, View> told = Map.of(this.c, this.after, this.b, this.before);
		this.late.isAnyExpected(told, 1000);
		this.late.isAnyExpected(Map.of(this.c, this.after, this.b, this.after), 2000);
		assertThat(this.late.isAnyExpected(told, 6000)).isTrue();
	}

	@Test
	void memberThatHasGoneIsForgotten() {
		Map<Address, View> told = Map.of(this.c, this.after, this.b, this.before);
		this.late.isAnyExpected(told, 1000);
		this.late.retain(List.of(this.a, this.c));
		assertThat(this.late.isAnyExpected(told, 6000)).isTrue();
	}

	@Test
	void viewsOfTwoCoordinatorsAreParts() {
		View apart = View.create(this.c, 4, this.c);
		assertThat(this.late.isAnyExpected(Map.of(this.a, this.before, this.c, apart), 1000)).isFalse();
	}

}
