package io.clusterspring.history;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicLog} with a subscription that is slower than the publishers.
 */
class TopicLogBacklogTests {

	private static final int SIZE = 10;

	private static final int BACKLOG = 100;

	private final Origin origin = Origin.fresh(Node.of("a@host"));

	private final HistoryMemory memory = new HistoryMemory();

	private long now;

	private final TopicLog log = new TopicLog("t",
			new HistorySettings("h", List.of("t"), SIZE, Duration.ofMinutes(1), 1_000_000), this.memory, () -> this.now,
			new LogCursors());

	@BeforeEach
	void room() {
		this.memory.backlog(BACKLOG, 1_000_000);
	}

	@Test
	void burstThatIsLargerThanTheSizeIsNotLostForASubscription() {
		LogCursor slow = this.log.cursor();
		publish(1, BACKLOG);
		assertThat(this.log.size()).isEqualTo(BACKLOG);
		assertThat(this.log.read(slow, 1000)).hasSize(BACKLOG).allMatch(KeptMessage.class::isInstance);
		this.log.expire();
		assertThat(this.log.size()).isEqualTo(SIZE);
	}

	@Test
	void messagesThatAreTooOldWaitForASubscription() {
		LogCursor slow = this.log.cursor();
		publish(1, 5);
		this.now += Duration.ofHours(1).toNanos();
		this.log.expire();
		assertThat(this.log.read(slow, 1000)).hasSize(5);
		this.log.expire();
		assertThat(this.log.size()).isZero();
	}

	@Test
	void subscriptionThatIsTooFarBehindIsTold() {
		LogCursor slow = this.log.cursor();
		publish(1, SIZE + BACKLOG + 7);
		assertThat(this.log.read(slow, 1000)).containsExactly(new LogGap(this.origin.id(), 1, 7));
		assertThat(this.log.read(slow, 1000)).hasSize(SIZE + BACKLOG);
	}

	@Test
	void closedSubscriptionKeepsNothing() {
		LogCursor gone = this.log.cursor();
		publish(1, BACKLOG);
		this.log.close(gone);
		this.log.expire();
		assertThat(this.log.size()).isEqualTo(SIZE);
	}

	@Test
	void withoutRoomReadMessagesGoFirst() {
		LogCursor slow = this.log.cursor();
		publish(1, 4);
		this.log.shrink(false);
		assertThat(this.log.size()).isEqualTo(4);
		this.log.shrink(true);
		assertThat(this.log.size()).isEqualTo(3);
		assertThat(this.log.read(slow, 1000)).containsExactly(new LogGap(this.origin.id(), 1, 1));
	}

	private void publish(int from, int to) {
		for (int i = from; i <= to; i++) {
			byte[] text = ("m" + i).getBytes(StandardCharsets.UTF_8);
			this.log.take(new KeptMessage(this.origin, i, this.now, text, 0, null), i == 1, false);
		}
	}

}
