package io.clusterspring.dashboard;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Samples}.
 */
class SamplesTests {

	private static final long SECOND = 1_000_000_000L;

	private final AtomicLong counter = new AtomicLong();

	private final AtomicLong level = new AtomicLong();

	private final Samples samples = new Samples(
			List.of(Reading.rate("sent", this.counter::get), Reading.level("waiting", this.level::get)), 4);

	@Test
	void aCounterIsShownAsItsRateAndALevelAsItIs() {
		take(0, 10, 7);
		take(5, 60, 8);
		take(9, 60, 9);
		Samples.Taken taken = this.samples.after(0, 10 * SECOND);
		assertThat(taken.series().get("sent")).containsExactly(null, 10.0, 0.0);
		assertThat(taken.series().get("waiting")).containsExactly(7.0, 8.0, 9.0);
		assertThat(taken.ages()).containsExactly(10_000L, 5000L, 1000L);
		assertThat(taken.last()).isEqualTo(3);
	}

	@Test
	void onlyTheLastOnesAreKept() {
		for (int i = 1; i <= 11; i++) {
			take(i, 0, i);
		}
		Samples.Taken taken = this.samples.after(0, 11 * SECOND);
		assertThat(taken.series().get("waiting")).containsExactly(8.0, 9.0, 10.0, 11.0);
		assertThat(taken.ages()).containsExactly(3000L, 2000L, 1000L, 0L);
		assertThat(taken.last()).isEqualTo(11);
	}

	@Test
	void whatIsKnownIsNotToldAgain() {
		for (int i = 1; i <= 6; i++) {
			take(i, 0, i);
		}
		assertThat(this.samples.after(5, 0).series().get("waiting")).containsExactly(6.0);
		assertThat(this.samples.after(6, 0).series().get("waiting")).isEmpty();
	}

	@Test
	void aNumberThatIsYetToComeIsOfAnotherRun() {
		take(1, 0, 1);
		assertThat(this.samples.after(100, 0).series().get("waiting")).containsExactly(1.0);
	}

	@Test
	void aCounterThatFallsHasNoRateThisTime() {
		take(0, 10, 0);
		take(5, 3, 0);
		take(10, 8, 0);
		assertThat(this.samples.after(0, 0).series().get("sent")).containsExactly(null, null, 1.0);
	}

	@Test
	void aValueThatCannotBeReadIsMissingInThatSampleOnly() {
		Samples some = new Samples(List.of(Reading.level("broken", () -> {
			throw new IllegalStateException("for the test");
		}), Reading.level("infinite", () -> Double.POSITIVE_INFINITY), Reading.level("whole", () -> 5)), 2);
		some.take(0);
		assertThat(some.after(0, 0).series().get("broken")).containsExactly((Double) null);
		assertThat(some.after(0, 0).series().get("infinite")).containsExactly((Double) null);
		assertThat(some.after(0, 0).series().get("whole")).containsExactly(5.0);
	}

	private void take(long second, long counted, long waiting) {
		this.counter.set(counted);
		this.level.set(waiting);
		this.samples.take(second * SECOND);
	}

}
