package io.clusterspring.history;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HistoryStore}.
 */
class HistoryStoreTests {

	private static final Origin A = new Origin(1, Node.of("a@host"));

	private static final Duration TTL = Duration.ofHours(1);

	private long now = TimeUnit.DAYS.toNanos(1);

	private HistoryStore store = store(100_000);

	private HistoryStore store(long bytes) {
		HistoryStore created = new HistoryStore(new Origin(9, Node.of("self@host")), HistorySpace.TOPICS,
				List.of(new HistorySettings("rooms", List.of("room:*"), 1000, TTL, bytes)), () -> this.now);
		created.booted();
		return created;
	}

	private void take(String topic, long number) {
		this.store.take(topic, number == 1, new KeptMessage(A, number, this.now, new byte[20], 0, null));
	}

	private void publish(String topic) {
		TopicLog log = this.store.log(topic);
		assertThat(log).isNotNull();
		this.store.publish(log, new FrameWriter(FrameKind.TOPIC).rest(new byte[20]).frame(), null, () -> {
		}, (frame) -> {
		});
	}

	@Test
	void topicsTogetherKeepNoMoreThanTheBytes() {
		for (int i = 1; i <= 300; i++) {
			for (int topic = 0; topic < 10; topic++) {
				take("room:" + topic, i);
				assertThat(this.store.statistics().bytes()).isLessThanOrEqualTo(100_000);
			}
		}
		assertThat(this.store.statistics().bytes()).isGreaterThan(80_000);
		assertThat(this.store.statistics().evicted().get("bytes")).isPositive();
	}

	@Test
	@Timeout(60)
	void moreTopicsThanFitKeepNothingAndCostNoMoreForEachMessage() {
		for (int i = 0; i < 100_000; i++) {
			take("room:" + i, 1);
		}
		assertThat(this.store.statistics().messages()).isLessThan(1000);
	}

	@Test
	void topicsThatNobodyUsesGoIfThereIsNoRoom() {
		for (int i = 0; i < 300; i++) {
			publish("room:" + i);
		}
		this.now += TimeUnit.MINUTES.toNanos(3);
		this.store.sweep();
		assertThat(this.store.statistics().topics()).isLessThan(200);
		assertThat(this.store.statistics().bytes()).isLessThanOrEqualTo(100_000);
		assertThat(TopicLog.isAfter(this.now - TimeUnit.MINUTES.toNanos(3), this.store.lostUntil()))
			.as("what went is known to be lost")
			.isFalse();
	}

	@Test
	void aTopicWithoutMessagesGoesWithItsLastReader() {
		LogReader one = reader("room:1");
		LogReader other = reader("room:1");
		one.close();
		one.close();
		assertThat(this.store.statistics().topics()).isOne();
		other.close();
		other.close();
		assertThat(this.store.statistics().topics()).isZero();
		assertThat(this.store.statistics().bytes()).isZero();
		publish("room:1");
		reader("room:1").close();
		assertThat(this.store.statistics().messages()).as("a topic with messages stays").isOne();
		this.store.with("room:2", (log) -> {
			log.unnumbered();
			return log;
		});
		reader("room:2").close();
		assertThat(this.store.statistics().topics()).as("what was told of a topic stays").isEqualTo(2);
		assertThat(this.store.lostUntil()).isEqualTo(TopicLog.NEVER);
	}

	@Test
	void originsThatNobodyPublishesWithAnyMoreCountUntilTheyAreForgotten() {
		take("room:1", 1);
		long one = this.store.statistics().bytes();
		for (int id = 100; id < 110; id++) {
			this.store.take("room:1", true,
					new KeptMessage(new Origin(id, A.node()), 1, this.now, new byte[20], 0, null));
		}
		this.now += TTL.toNanos() + 1;
		this.store.sweep();
		assertThat(this.store.statistics().messages()).isZero();
		assertThat(this.store.statistics().bytes()).isGreaterThan(one + 1500);
		this.now += 2 * HistoryStore.OTHERS_MEMORY.toNanos();
		this.store.sweep();
		assertThat(this.store.statistics().topics()).isZero();
		assertThat(this.store.statistics().bytes()).isZero();
	}

	private LogReader reader(String topic) {
		LogReader reader = this.store.with(topic, (log) -> new LogReader(log, log.cursor(), this.store));
		assertThat(reader).isNotNull();
		return reader;
	}

	@Test
	void aMessageWithoutANumberIsRememberedWhenItsTopicHasGone() {
		this.store.with("room:1", (log) -> {
			log.unnumbered();
			return log;
		});
		long unnumbered = this.now;
		assertThat(this.store.untoldUntil()).isEqualTo(unnumbered);
		this.now += HistoryStore.OTHERS_MEMORY.toNanos() + 1;
		this.store.sweep();
		assertThat(this.store.statistics().topics()).isZero();
		assertThat(this.store.lostUntil()).isEqualTo(unnumbered);
	}

	@Test
	void anOriginThatIsForgottenIsKnownToHaveBeen() {
		take("room:1", 1);
		publish("room:1");
		this.now += HistoryStore.OTHERS_MEMORY.toNanos() + 1;
		this.store.sweep();
		this.store.sweep();
		assertThat(this.store.isForgotten(A.id())).isTrue();
		assertThat(this.store.lostUntil()).isEqualTo(TimeUnit.DAYS.toNanos(1));
		publish("room:1");
		TopicLog log = this.store.log("room:1");
		assertThat(log).isNotNull();
		assertThat(log.state(9)).isEqualTo(new WindowState(new Origin(9, Node.of("self@host")), 2, 2, 2));
	}

	@Test
	void forgottenOriginsAreBounded() {
		for (long i = 0; i < OriginSet.MOST + 10; i++) {
			this.store.forget(List.of(i), this.now);
		}
		assertThat(this.store.forgotten()).hasSize(OriginSet.MOST).doesNotContain(0L);
	}

	@Test
	void aPublisherWhoseLogWasRemovedUsesANewOne() {
		TopicLog log = this.store.log("room:1");
		assertThat(log).isNotNull();
		this.now += HistoryStore.OTHERS_MEMORY.toNanos() + 1;
		assertThat(log.removeIfIdle(1)).isTrue();
		this.store.publish(log, new FrameWriter(FrameKind.TOPIC).rest(new byte[20]).frame(), null, () -> {
		}, (frame) -> {
		});
		assertThat(this.store.log("room:1")).isNotSameAs(log);
		assertThat(this.store.statistics().messages()).isEqualTo(1);
	}

	@Test
	void aKeptMessageTakesNoMoreThanItIsCountedFor() {
		this.store = new HistoryStore(new Origin(9, Node.of("self@host")), HistorySpace.TOPICS,
				List.of(new HistorySettings("rooms", List.of("room:*"), HistorySettings.MAX_SIZE, TTL, 1L << 40)),
				() -> this.now);
		Object sender = new Object();
		long before = used();
		for (int i = 0; i < 200_000; i++) {
			TopicLog log = this.store.log("room:" + i % 4);
			assertThat(log).isNotNull();
			this.store.publish(log, new FrameWriter(FrameKind.TOPIC).rest(new byte[20]).frame(),
					(i % 2 == 0) ? sender : null, () -> {
					}, (frame) -> {
					});
		}
		long counted = this.store.statistics().bytes();
		assertThat(this.store.statistics().messages()).isEqualTo(200_000);
		// the JVM needs memory for other things meanwhile
		long others = 2_000_000;
		assertThat(used() - before).isLessThan(counted + others);
		assertThat(sender).isNotNull();
	}

	private static long used() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return least;
	}

}
