package io.clusterspring.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.TopicLog.Missing;
import io.clusterspring.history.TopicLog.Taken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicLog}: what is taken, read, given up and forgotten.
 */
class TopicLogTests extends TopicLogTestCases {

	@Test
	void aMessageWithoutANumberSinceTheContactIsALoss() {
		take(A, 1);
		this.log.unnumbered();
		long unnumbered = this.now;
		this.now += MINUTE;
		assertThat(loss(catchUp(at(1, 1), unnumbered))).isEqualTo(Loss.UNNUMBERED);
		assertThat(loss(catchUp(at(1, 1), TopicLog.NEVER))).as("nothing is known of the contact")
			.isEqualTo(Loss.UNNUMBERED);
		assertThat(missed(catchUp(at(1, 1), unnumbered + 1))).isEmpty();
		assertThat(this.log.untoldUntil()).as("what a node that asks is told").isEqualTo(unnumbered);
	}

	@Test
	void aCursorThatLagsHasYetToReachThePosition() {
		LogCursor cursor = this.log.cursor();
		takeAll(A, 1, 3);
		assertThat(this.log.catchUp(at(1, 2), cursor, this.now, NONE)).isNull();
		assertThat(text(this.log.read(cursor, 2))).isEqualTo("1:1 1:2");
		CatchUp answer = this.log.catchUp(at(1, 1), cursor, this.now, NONE);
		assertThat(missed(answer)).as("up to the cursor, the rest is live").isEqualTo("1:2");
		assertThat(answer.position()).isEqualTo(at(1, 2));
		assertThat(this.log.unread(cursor)).isEqualTo(1);
	}

	@Test
	void theLastMessagesEndAtTheCursor() {
		LogCursor cursor = this.log.cursor();
		take(A, 1);
		take(B, 1);
		take(A, 2);
		this.log.read(cursor, 10);
		take(A, 3);
		assertThat(text(this.log.last(cursor, 2))).isEqualTo("2:1 1:2");
		assertThat(text(this.log.last(cursor, 10))).isEqualTo("1:1 2:1 1:2");
		assertThat(text(this.log.last(cursor, 0))).isEmpty();
	}

	@Test
	void aGapIsReadAloneAndThePositionAfterItIsExact() {
		this.log = log(2, Duration.ofHours(1));
		LogCursor cursor = this.log.cursor();
		take(B, 1);
		takeAll(A, 1, 3);
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("2:1-1 1:1-1");
		assertThat(this.log.position(cursor)).isEqualTo(at(1, 1, 2, 1));
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:2 1:3");
		assertThat(text(this.log.read(cursor, 10))).isEmpty();
	}

	@Test
	void aCursorCanBeTakenBackToBeforeItsLastItems() {
		LogCursor cursor = this.log.cursor();
		take(A, 1);
		take(B, 1);
		take(A, 2);
		List<LogItem> items = this.log.read(cursor, 10);
		LogCursor before = cursor.before(items.subList(1, 3));
		assertThat(this.log.position(before)).isEqualTo(at(1, 1, 2, 0));
		assertThat(this.log.position(cursor)).isEqualTo(at(1, 2, 2, 1));
		assertThat(text(this.log.read(before, 10))).isEqualTo("2:1 1:2");
	}

	@Test
	void aMessageThatComesEarlyWaitsForThoseBeforeIt() {
		LogCursor cursor = this.log.cursor();
		assertThat(take(A, 1)).isEqualTo(Taken.NEXT);
		assertThat(take(A, 3)).isEqualTo(Taken.GAP);
		assertThat(take(A, 3)).isEqualTo(Taken.GAP);
		assertThat(take(A, 1)).isEqualTo(Taken.KNOWN);
		assertThat(this.memory.waiting()).isEqualTo(20 + KeptMessage.OVERHEAD);
		assertThat(this.log.missing(1)).isEqualTo(new Missing(1, 2, 2));
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:1");
		assertThat(take(A, 2)).isEqualTo(Taken.NEXT);
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:2 1:3");
		assertThat(this.log.missing(1)).isNull();
		assertThat(this.memory.waiting()).isZero();
	}

	@Test
	void whatWaitsIsBoundedByNumber() {
		this.log = log(3, Duration.ofHours(1));
		take(A, 1);
		takeAll(A, 3, 12);
		take(A, 2);
		assertThat(this.log.state(1)).isEqualTo(new WindowState(A, 1, 3, 5));
		assertThat(this.log.missing(1)).as("those that did not fit are fetched").isEqualTo(new Missing(1, 6, 12));
	}

	@Test
	void whatWaitsIsBoundedByBytesOfAllTopics() {
		take(A, 1);
		takeAll(A, 3, 60);
		assertThat(this.memory.waiting()).isEqualTo(1000);
		TopicLog other = log(1000, Duration.ofHours(1));
		other.take(message(A, 3), false, false);
		assertThat(this.memory.waiting()).isEqualTo(1000);
		this.log.giveUp(1, 2);
		assertThat(this.log.state(1)).isEqualTo(new WindowState(A, 1, 3, 12));
		assertThat(this.memory.waiting()).isZero();
	}

	@Test
	void whatIsGivenUpIsReadAsAGapAndNothingBeforeItIsKept() {
		LogCursor slow = this.log.cursor();
		take(A, 1);
		take(A, 2);
		LogCursor cursor = this.log.cursor();
		take(A, 5);
		this.log.giveUp(1, 4);
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:3-4");
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:5");
		assertThat(text(this.log.read(slow, 10))).isEqualTo("1:1-4");
		assertThat(loss(catchUp(at(1, 2)))).isEqualTo(Loss.EVICTED);
		assertThat(missed(catchUp(at(1, 4)))).isEqualTo("1:5");
		assertThat(this.memory.evicted(HistoryMemory.Cause.GAP)).isEqualTo(2);
		this.log.giveUp(1, 4);
		assertThat(this.log.state(1)).as("nothing is missing").isEqualTo(new WindowState(A, 1, 5, 5));
	}

	@Test
	void aTopicThatItsOriginHasForgottenGoesOn() {
		LogCursor cursor = this.log.cursor();
		takeAll(A, 1, 2);
		this.log.read(cursor, 10);
		long before = this.now;
		this.now += MINUTE;
		assertThat(this.log.take(message(A, 101), true, false)).isEqualTo(Taken.NEXT);
		assertThat(text(this.log.read(cursor, 10))).as("no number between was used").isEqualTo("1:101");
		assertThat(loss(catchUp(HistoryPosition.NOTHING, before))).as("1 and 2 are gone").isEqualTo(Loss.TOO_OLD);
		assertThat(missed(catchUp(HistoryPosition.NOTHING, before + 1))).isEqualTo("1:101");
		assertThat(loss(catchUp(at(1, 1)))).isEqualTo(Loss.EVICTED);
		assertThat(this.log.untoldUntil()).isEqualTo(before);
		assertThat(this.memory.messages()).isEqualTo(1);
	}

	@Test
	void aCursorThatHadNotReadAllOfAForgottenTopicReadsAGap() {
		LogCursor cursor = this.log.cursor();
		takeAll(A, 1, 3);
		this.log.read(cursor, 2);
		this.log.take(message(A, 101), true, false);
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:3-100");
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:101");
	}

	@Test
	void olderMessagesArePutBeforeThoseThatAreKept() {
		this.log.take(message(A, 5), false, true);
		LogCursor cursor = this.log.cursor();
		this.log.prepend(1, List.of(message(A, 3), message(A, 4)));
		this.log.prepend(1, List.of(message(A, 1)));
		assertThat(this.log.state(1)).as("1 does not fit to 3").isEqualTo(new WindowState(A, 0, 3, 5));
		assertThat(text(this.log.read(cursor, 10))).as("they are not live").isEmpty();
		assertThat(missed(catchUp(at(1, 2)))).isEqualTo("1:3 1:4 1:5");
		take(A, 6);
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:6");
		assertThat(this.memory.messages()).isEqualTo(4);
	}

	@Test
	void noMoreOlderMessagesAreFetchedThanFit() {
		this.log = log(10, Duration.ofHours(1));
		TopicLog.Learned learned = this.log.learn(new WindowState(A, 1, 1, 1L << 40), true);
		assertThat(learned.older()).isEqualTo(new Missing(1, (1L << 40) - 9, 1L << 40));
		assertThat(learned.missing()).isFalse();
	}

	@Test
	void aHugeHeadIsOneGapThatCanBeGivenUp() {
		LogCursor cursor = this.log.cursor();
		long huge = MessagePosition.MAX_NUMBER;
		assertThat(this.log.learn(new WindowState(A, 1, huge + 1, huge), false).missing()).isTrue();
		assertThat(this.log.missing(1)).isEqualTo(new Missing(1, 1, huge));
		assertThat(this.log.range(new Missing(1, 0, Long.MAX_VALUE), 1000)).isEmpty();
		this.log.giveUp(1, huge);
		assertThat(text(this.log.read(cursor, 10))).isEqualTo("1:1-" + huge);
		assertThat(this.log.missing(1)).isNull();
		assertThat(this.log.unread(cursor)).isZero();
	}

	@Test
	void aRangeForAnotherNodeIsBoundedByBytes() {
		takeAll(A, 1, 20);
		assertThat(text(this.log.range(new Missing(1, 3, 5), 100_000))).isEqualTo("1:3 1:4 1:5");
		assertThat(this.log.range(new Missing(1, 0, Long.MAX_VALUE), 250)).hasSize(3);
		assertThat(this.log.range(new Missing(7, 0, Long.MAX_VALUE), 250)).isEmpty();
	}

	@Test
	void anOriginIsForgottenOnceItIsEmptyAndWasNotHeardForLong() {
		take(A, 1);
		take(B, 1);
		long heard = this.now;
		assertThat(this.log.forget(1, MINUTE, 2 * MINUTE)).as("messages are kept").isEmpty();
		this.now += 61 * MINUTE;
		this.log.expire();
		take(B, 3);
		this.now += 90 * TimeUnit.SECONDS.toNanos(1);
		assertThat(this.log.forget(1, MINUTE, 2 * MINUTE)).as("messages of the other are missing")
			.containsExactly(new TopicLog.Forgotten(1, 1, heard - 1));
		assertThat(this.log.knows(A)).isFalse();
		assertThat(this.log.next(A, 40)).isEqualTo(41);
	}

	@Test
	void aLogIsRemovedOnlyIfNobodyUsesIt() {
		LogCursor cursor = this.log.cursor();
		LogCursor other = this.log.cursor();
		this.now += 2 * MINUTE;
		assertThat(this.log.removeIfIdle(MINUTE)).isFalse();
		this.log.close(cursor);
		this.log.close(cursor);
		assertThat(this.log.removeIfIdle(MINUTE)).as("one cursor is open, though the other was closed twice").isFalse();
		this.log.close(other);
		assertThat(this.log.enter()).isTrue();
		assertThat(this.log.removeIfIdle(MINUTE)).as("it was just used").isFalse();
		this.now += 2 * MINUTE;
		this.log.unnumbered();
		assertThat(this.log.removeIfIdle(MINUTE)).as("it knows of a message without a number").isFalse();
		this.now += 2 * MINUTE;
		assertThat(this.log.removeIfIdle(MINUTE)).isTrue();
		assertThat(this.log.enter()).isFalse();
	}

	@Test
	void windowsOfManyMessagesGrowAndShrink() {
		this.log = log(50, Duration.ofHours(1));
		LogCursor cursor = this.log.cursor();
		for (int i = 1; i <= 300; i++) {
			take(A, i);
			if (i % 40 == 0) {
				this.log.shrink(true);
			}
		}
		String text = text(this.log.read(cursor, 1000));
		assertThat(text).matches("1:1-\\d+");
		List<LogItem> rest = this.log.read(cursor, 1000);
		assertThat(rest).hasSize(this.log.size());
		assertThat(text(rest)).isEqualTo(String.join(" ", Arrays
			.asList(LongStream.rangeClosed(301 - rest.size(), 300).mapToObj((n) -> "1:" + n).toArray(String[]::new))));
	}

}
