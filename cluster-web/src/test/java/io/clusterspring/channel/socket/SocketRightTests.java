package io.clusterspring.channel.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.channel.socket.SocketRight.Due;
import io.clusterspring.channel.socket.SocketRight.Grant;
import io.clusterspring.expiry.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketRight}.
 */
class SocketRightTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static final long NOW = Long.MAX_VALUE - 20 * SECOND;

	private final AtomicInteger forgotten = new AtomicInteger();

	private final List<String> changes = new ArrayList<>();

	private final SocketRight right = new SocketRight(grant("alice", 100), 30 * SECOND);

	@Test
	void rightWithoutADeadlineNeverEnds() {
		SocketRight endless = new SocketRight(new Grant(identity("alice"), null, null), 30 * SECOND);
		assertThat(endless.due(NOW)).isEqualTo(Due.NOTHING);
		assertThat(endless.due(at(1_000_000_000))).isEqualTo(Due.NOTHING);
	}

	@Test
	void noticeComesOnceAndThenTheEndOnce() {
		assertThat(this.right.due(at(69))).isEqualTo(Due.NOTHING);
		assertThat(this.right.due(at(70))).isEqualTo(Due.NOTICE);
		assertThat(this.right.due(at(99))).isEqualTo(Due.NOTHING);
		assertThat(this.right.due(at(100))).isEqualTo(Due.END);
		assertThat(this.right.due(at(101))).isEqualTo(Due.NOTHING);
	}

	@Test
	void rightThatWasNotWatchedInTimeEndsWithoutANotice() {
		assertThat(this.right.due(at(200))).isEqualTo(Due.END);
	}

	@Test
	void noNoticeIsGivenIfThereIsNoTimeForIt() {
		SocketRight silent = new SocketRight(grant("alice", 100), 0);
		assertThat(silent.due(at(99))).isEqualTo(Due.NOTHING);
		assertThat(silent.due(at(100))).isEqualTo(Due.END);
	}

	@Test
	void refreshSwapsTheDecisionAndItsDeadlineIsAnnouncedAnew() {
		assertThat(this.right.due(at(70))).isEqualTo(Due.NOTICE);
		assertThat(refresh(grant("alice", 200), 80)).isEqualTo(RefreshOutcome.OK);
		assertThat(this.changes).containsExactly("100 -> 200");
		assertThat(this.right.due(at(100))).isEqualTo(Due.NOTHING);
		assertThat(this.right.due(at(170))).isEqualTo(Due.NOTICE);
		assertThat(this.right.due(at(200))).isEqualTo(Due.END);
	}

	@Test
	void refreshThatLastsForLessThanTheNoticeIsNotAnnouncedAtOnce() {
		assertThat(this.right.due(at(70))).isEqualTo(Due.NOTICE);
		assertThat(refresh(grant("alice", 90), 70)).isEqualTo(RefreshOutcome.OK);
		assertThat(this.right.due(at(79))).isEqualTo(Due.NOTHING);
		assertThat(this.right.due(at(80))).as("half of its time is over").isEqualTo(Due.NOTICE);
		assertThat(this.right.due(at(81))).isEqualTo(Due.NOTHING);
		assertThat(this.right.due(at(90))).isEqualTo(Due.END);
	}

	@Test
	void refreshMayEndTheLimit() {
		Grant endless = new Grant(identity("alice"), null, null);
		assertThat(refresh(endless, 80)).isEqualTo(RefreshOutcome.OK);
		assertThat(this.right.grant()).isSameAs(endless);
		assertThat(this.right.due(at(500))).isEqualTo(Due.NOTHING);
	}

	@Test
	void refreshOfAnotherUserChangesNothing() {
		Grant before = this.right.grant();
		assertThat(refresh(grant("bob", 200), 1)).isEqualTo(RefreshOutcome.OTHER_USER);
		assertThat(refresh(grant(null, 200), 1)).isEqualTo(RefreshOutcome.OTHER_USER);
		assertThat(this.right.grant()).isSameAs(before);
		assertThat(this.changes).isEmpty();
		assertThat(this.right.due(at(100))).isEqualTo(Due.END);
	}

	@Test
	void clientWithoutAUserMayRefreshButNotBecomeOne() {
		SocketRight anonymous = new SocketRight(grant(null, 100), 0);
		assertThat(anonymous.begin(this.forgotten::incrementAndGet)).isTrue();
		assertThat(anonymous.complete(grant("alice", 200), NOW, this::changed)).isEqualTo(RefreshOutcome.OTHER_USER);
		assertThat(anonymous.begin(this.forgotten::incrementAndGet)).isTrue();
		assertThat(anonymous.complete(grant(null, 200), NOW, this::changed)).isEqualTo(RefreshOutcome.OK);
	}

	@Test
	void clientWithoutAUserKeepsItsId() {
		SocketRight anonymous = new SocketRight(withoutUser("user_socket:1", 100), 0);
		assertThat(anonymous.begin(this.forgotten::incrementAndGet)).isTrue();
		assertThat(anonymous.complete(withoutUser("user_socket:2", 200), NOW, this::changed))
			.isEqualTo(RefreshOutcome.OTHER_USER);
		assertThat(anonymous.begin(this.forgotten::incrementAndGet)).isTrue();
		assertThat(anonymous.complete(withoutUser("user_socket:1", 200), NOW, this::changed))
			.isEqualTo(RefreshOutcome.OK);
	}

	@Test
	void refreshWhoseOwnDeadlineIsOverChangesNothing() {
		assertThat(refresh(grant("alice", 50), 50)).isEqualTo(RefreshOutcome.EXPIRED);
		assertThat(this.right.due(at(100))).isEqualTo(Due.END);
	}

	@Test
	void refreshIsUnderWayOnceAtATime() {
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isTrue();
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isFalse();
		this.right.abandon();
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isTrue();
		this.right.complete(grant("alice", 200), NOW, this::changed);
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isTrue();
	}

	@Test
	void refreshThatIsUnderWayAtTheDeadlineHasNoEffect() {
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isTrue();
		assertThat(this.right.due(at(100))).isEqualTo(Due.END);
		assertThat(this.right.complete(grant("alice", 200), at(100), this::changed)).isNull();
		assertThat(this.changes).isEmpty();
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isFalse();
	}

	@Test
	void refreshThatCompletesAfterTheDeadlineButBeforeTheWatchHasNoEffect() {
		assertThat(refresh(grant("alice", 200), 100)).isNull();
		assertThat(this.changes).isEmpty();
		assertThat(this.right.due(at(100))).isEqualTo(Due.END);
	}

	@Test
	void afterTheEndOfTheSocketNothingIsDue() {
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isTrue();
		this.right.end();
		assertThat(this.right.complete(grant("alice", 200), NOW, this::changed)).isNull();
		assertThat(this.right.due(at(100))).isEqualTo(Due.NOTHING);
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isFalse();
	}

	@Test
	void refreshThatIsUnderWayIsForgottenWhenTheSocketCloses() {
		refresh(grant("alice", 200), 1);
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isTrue();
		assertThat(this.forgotten).hasValue(0);
		this.right.end();
		this.right.end();
		assertThat(this.forgotten).hasValue(1);
	}

	private @Nullable RefreshOutcome refresh(Grant next, int seconds) {
		assertThat(this.right.begin(this.forgotten::incrementAndGet)).isTrue();
		return this.right.complete(next, at(seconds), this::changed);
	}

	private void changed(Grant from, Grant to) {
		this.changes.add(seconds(from) + " -> " + seconds(to));
	}

	private static String seconds(Grant grant) {
		return (grant.deadline() != null) ? "" + grant.deadline().epochMillis() : "never";
	}

	private static long at(long seconds) {
		return NOW + seconds * SECOND;
	}

	private static Grant grant(@Nullable String user, int seconds) {
		return new Grant(identity(user), new Deadline(at(seconds), seconds), null);
	}

	private static Grant withoutUser(String id, int seconds) {
		return new Grant(new Identity(null, null, id, Map.of(), null), new Deadline(at(seconds), seconds), null);
	}

	private static Identity identity(@Nullable String user) {
		return new Identity((user != null) ? () -> user : null, user, null, Map.of(), null);
	}

}
