package io.clusterspring.history;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.history.CatchUp.Loss;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rules by which {@link TopicLog} must not answer "recovered".
 */
class TopicLogLossTests extends TopicLogTestCases {

	@Test
	void missedMessagesOfAllOriginsAreMergedAndEachOriginKeepsItsOrder() {
		take(A, 1);
		take(B, 1);
		take(A, 2);
		take(B, 2);
		take(A, 3);
		assertThat(missed(catchUp(at(1, 1, 2, 1)))).isEqualTo("1:2 2:2 1:3");
		assertThat(missed(catchUp(at(1, 3)))).as("all of an origin that is new").isEqualTo("2:1 2:2");
		assertThat(missed(catchUp(HistoryPosition.NOTHING))).isEqualTo("1:1 2:1 1:2 2:2 1:3");
		assertThat(missed(catchUp(at(1, 3, 2, 2)))).isEmpty();
		assertThat(catchUp(at(1, 1)).position()).isEqualTo(at(1, 3, 2, 2));
	}

	@Test
	void messagesAreInOrderOfTheirOriginAlsoIfTheirTimesAreNot() {
		this.log.take(message(A, 2), false, false);
		this.log.take(message(A, 1), false, false);
		assertThat(text(this.log.read(new LogCursor(Map.of()), 10))).isEqualTo("1:1 1:2");
	}

	@Test
	void whatWasRemovedForTheSizeIsLost() {
		this.log = log(3, Duration.ofHours(1));
		takeAll(A, 1, 5);
		assertThat(missed(catchUp(at(1, 2)))).isEqualTo("1:3 1:4 1:5");
		assertThat(loss(catchUp(at(1, 1)))).isEqualTo(Loss.EVICTED);
		assertThat(this.memory.evicted(HistoryMemory.Cause.SIZE)).isEqualTo(2);
	}

	@Test
	void whatWasRemovedForItsAgeIsLost() {
		take(A, 1);
		this.now += 2 * MINUTE;
		take(A, 2);
		this.now += 59 * MINUTE;
		assertThat(loss(catchUp(at(1, 0), this.now - 90 * MINUTE))).isEqualTo(Loss.EVICTED);
		assertThat(missed(catchUp(at(1, 1), this.now - 90 * MINUTE))).isEqualTo("1:2");
		this.now += 2 * MINUTE;
		assertThat(loss(catchUp(at(1, 1), this.now - 90 * MINUTE))).isEqualTo(Loss.EVICTED);
		assertThat(missed(catchUp(at(1, 2)))).isEmpty();
		assertThat(this.memory.messages()).isZero();
		assertThat(this.memory.bytes()).isEqualTo(HistoryMemory.WINDOW);
	}

	@Test
	void whatWasRemovedForItsBytesIsLost() {
		takeAll(A, 1, 8);
		this.log.shrink(true);
		assertThat(loss(catchUp(at(1, 1)))).isEqualTo(Loss.EVICTED);
		assertThat(missed(catchUp(at(1, 2)))).isEqualTo("1:3 1:4 1:5 1:6 1:7 1:8");
		assertThat(this.memory.evicted(HistoryMemory.Cause.BYTES)).isEqualTo(2);
		assertThat(this.memory.bytes()).isEqualTo(HistoryMemory.WINDOW + 6 * (20 + KeptMessage.OVERHEAD));
	}

	@Test
	void anUnknownOriginIsNotRecovered() {
		take(A, 1);
		assertThat(loss(catchUp(at(1, 1, 9, 4)))).isEqualTo(Loss.UNKNOWN_ORIGIN);
		assertThat(loss(catchUp(at(1, 1, 9, 0)))).isEqualTo(Loss.UNKNOWN_ORIGIN);
	}

	@Test
	void anOriginThatWasForgottenIsNoReasonAlone() {
		take(A, 1);
		CatchUp answer = this.log.catchUp(at(1, 1, 9, 4), this.log.cursor(), this.now - MINUTE,
				(origin) -> origin == 9);
		assertThat(missed(answer)).isEmpty();
	}

	@Test
	void aPositionAheadOfTheWindowIsUnreachable() {
		takeAll(A, 1, 3);
		assertThat(loss(catchUp(at(1, 4)))).isEqualTo(Loss.UNREACHABLE);
		assertThat(loss(catchUp(at(1, Long.MAX_VALUE)))).isEqualTo(Loss.UNREACHABLE);
		assertThat(this.log.covers(at(1, 4))).isFalse();
		assertThat(this.log.covers(at(1, 3))).isTrue();
		take(A, 5);
		assertThat(this.log.covers(at(1, 3))).as("message 4 is missing").isFalse();
	}

	@Test
	void anOriginThatIsNotInThePositionMustBeWhole() {
		this.log = log(2, Duration.ofHours(1));
		takeAll(A, 1, 2);
		assertThat(missed(catchUp(HistoryPosition.NOTHING))).isEqualTo("1:1 1:2");
		take(A, 3);
		assertThat(loss(catchUp(HistoryPosition.NOTHING))).isEqualTo(Loss.EVICTED);
	}

	@Test
	void anOriginWhoseBeginningIsNotKnownIsNotWhole() {
		this.log.take(message(A, 7), false, true);
		assertThat(loss(catchUp(HistoryPosition.NOTHING))).isEqualTo(Loss.EVICTED);
		this.log.learn(new WindowState(A, 7, 7, 7), true);
		assertThat(missed(catchUp(HistoryPosition.NOTHING))).isEqualTo("1:7");
	}

}
