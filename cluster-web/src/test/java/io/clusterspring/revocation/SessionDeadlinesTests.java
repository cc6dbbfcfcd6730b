package io.clusterspring.revocation;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.clusterspring.revocation.SessionDeadlines.Watched;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionDeadlines}.
 */
class SessionDeadlinesTests {

	private static final String OLD = SessionHash.of("old");

	private static final String NEW = SessionHash.of("new");

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final SessionDeadlines deadlines = new SessionDeadlines();

	@Test
	void sessionIsDueWhenItExpiresUnlessItWasUsed() {
		open("old", Duration.ofMinutes(1), OLD, 0);
		assertThat(only().isDue(MINUTE - 1)).isFalse();
		assertThat(only().isDue(MINUTE)).isTrue();
		this.deadlines.extend(only(), 3 * MINUTE);
		assertThat(only().isDue(2 * MINUTE)).isFalse();
		assertThat(only().isDue(3 * MINUTE)).isTrue();
	}

	@Test
	void laterSocketMovesTheDeadline() {
		open("old", Duration.ofMinutes(1), OLD, 0);
		open("old", Duration.ofMinutes(1), OLD, MINUTE / 2);
		assertThat(only().isDue(MINUTE)).isFalse();
	}

	@Test
	void sessionThatDoesNotExpireIsNeverDue() {
		open("old", null, OLD, 0);
		assertThat(only().isDue(Long.MAX_VALUE)).isFalse();
	}

	@Test
	void sessionIsLookedUpUnderItsNewId() {
		open("old", Duration.ofMinutes(1), OLD, 0);
		this.deadlines.renamed(OLD, NEW, "new");
		this.deadlines.renamed(OLD, NEW, null);
		assertThat(only()).isEqualTo(new Watched(NEW, "new", MINUTE));
	}

	@Test
	void idThatAnotherNodeHasChangedIsNotKnownUntilASocketBringsIt() {
		open("old", Duration.ofMinutes(1), OLD, 0);
		this.deadlines.renamed(OLD, NEW, null);
		assertThat(only()).isEqualTo(new Watched(NEW, null, MINUTE));
		open("new", Duration.ofMinutes(1), NEW, 1);
		assertThat(only().id()).isEqualTo("new");
	}

	@Test
	void requestWithTheIdOfBeforeDoesNotHideTheNewOne() {
		open("new", Duration.ofMinutes(1), NEW, 0);
		open("old", Duration.ofMinutes(1), NEW, 1);
		assertThat(only().id()).isEqualTo("new");
	}

	@Test
	void idThatIsOnlySentIsNotLookedAt() {
		this.deadlines.opened(SocketOrigin.at(0).after("old").session(), OLD, 0);
		assertThat(this.deadlines.all()).isEmpty();
	}

	@Test
	void sessionWithoutSocketsIsForgottenAndOneThatComesMeanwhileIsNot() {
		open("old", null, OLD, 0);
		Set<String> before = this.deadlines.names();
		open("new", null, NEW, 0);
		this.deadlines.retain(before, Set.of());
		assertThat(only().hash()).isEqualTo(NEW);
	}

	private void open(String id, Duration left, String present, long now) {
		this.deadlines.opened(SocketOrigin.at(now).in(id, left).session(), present, now);
	}

	private Watched only() {
		assertThat(this.deadlines.all()).hasSize(1);
		return this.deadlines.all().get(0);
	}

}
