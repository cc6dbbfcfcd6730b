package io.clusterspring.presence;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicDiffs}.
 */
class TopicDiffsTests {

	private static final PresenceOrigin ORIGIN = new PresenceOrigin(Node.of("n1@host"), 1L << 40, PresenceNode.CODEC);

	private final TopicDiffs diffs = new TopicDiffs(10);

	@Test
	void changesOfAKeyAreOneEntryOfOneDiff() {
		this.diffs.join(meta(1, "alice"));
		this.diffs.join(meta(2, "alice"));
		this.diffs.leave(meta(1, "alice"));
		this.diffs.leave(meta(9, "bob"));
		List<TopicDiffs.Diff> taken = this.diffs.take();
		assertThat(taken).hasSize(1);
		assertThat(taken.get(0).joins()).containsOnlyKeys("alice");
		assertThat(taken.get(0).joins().get("alice")).containsExactly(meta(1, "alice"), meta(2, "alice"));
		assertThat(taken.get(0).leaves().get("alice")).containsExactly(meta(1, "alice"));
		assertThat(taken.get(0).leaves().get("bob")).containsExactly(meta(9, "bob"));
		assertThat(this.diffs.isEmpty()).isTrue();
		assertThat(this.diffs.take()).isEmpty();
	}

	@Test
	void joinAfterALeaveOfTheSameMetaIsInTheNextDiff() {
		this.diffs.leave(meta(1, "alice"));
		this.diffs.join(meta(1, "alice"));
		this.diffs.join(meta(2, "bob"));
		List<TopicDiffs.Diff> taken = this.diffs.take();
		assertThat(taken).hasSize(2);
		assertThat(taken.get(0).joins()).isEmpty();
		assertThat(taken.get(0).leaves()).containsOnlyKeys("alice");
		assertThat(taken.get(1).joins()).containsOnlyKeys("alice", "bob");
		assertThat(taken.get(1).leaves()).isEmpty();
	}

	@Test
	void tooManyChangesRemoveShortLivedMetas() {
		this.diffs.join(meta(1, "stays"));
		for (long id = 2; id < 1000; id++) {
			this.diffs.join(meta(id, "flaps"));
			this.diffs.leave(meta(id, "flaps"));
		}
		List<TopicDiffs.Diff> taken = this.diffs.take();
		assertThat(taken).hasSize(1);
		assertThat(taken.get(0).size()).isLessThanOrEqualTo(10);
		assertThat(taken.get(0).joins()).containsKey("stays");
	}

	@Test
	void leaveIsKeptIfTheJoinHappenedWhileAStateWasRead() {
		this.diffs.join(meta(1, "before"));
		this.diffs.leave(meta(1, "before"));
		this.diffs.beginRead();
		this.diffs.join(meta(2, "seen"));
		this.diffs.endRead();
		this.diffs.leave(meta(2, "seen"));
		for (long id = 3; id < 1000; id++) {
			this.diffs.join(meta(id, "flaps"));
			this.diffs.leave(meta(id, "flaps"));
		}
		List<TopicDiffs.Diff> taken = this.diffs.take();
		assertThat(taken).hasSize(3);
		assertThat(taken.get(1).joins()).containsOnlyKeys("seen");
		assertThat(taken.get(2).leaves()).containsKey("seen");
		assertThat(taken.get(2).size()).isLessThanOrEqualTo(11);
		assertThat(this.diffs.takeMerged()).isGreaterThan(1900);
		assertThat(this.diffs.takeMerged()).isZero();
	}

	@Test
	void noChangeIsRemovedWhileAStateIsRead() {
		this.diffs.beginRead();
		for (long id = 1; id < 100; id++) {
			this.diffs.join(meta(id, "flaps"));
			this.diffs.leave(meta(id, "flaps"));
		}
		assertThat(this.diffs.take().get(0).size()).isEqualTo(198);
	}

	private static PresenceMeta meta(long id, String key) {
		return new PresenceMeta(ORIGIN, id, 0, "topic", key, "{}".getBytes());
	}

}
