package io.clusterspring.expiry;

import java.security.Principal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserExpiries}.
 */
class UserExpiriesTests {

	private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant LATE = EARLY.plusSeconds(1);

	private static final Principal USER = () -> "alice";

	@Test
	void earliestMomentCounts() {
		assertThat(new UserExpiries(List.of((user) -> LATE, (user) -> null, (user) -> EARLY)).expiresAt(USER))
			.isEqualTo(EARLY);
		assertThat(new UserExpiries(List.of((user) -> EARLY, (user) -> LATE)).expiresAt(USER)).isEqualTo(EARLY);
	}

	@Test
	void withoutAMomentNothingEnds() {
		assertThat(UserExpiries.NONE.expiresAt(USER)).isNull();
		assertThat(new UserExpiries(List.of((user) -> null)).expiresAt(USER)).isNull();
	}

	@Test
	void clientWithoutAUserHasNoMoment() {
		assertThat(new UserExpiries(List.of((user) -> EARLY)).expiresAt(null)).isNull();
	}

}
