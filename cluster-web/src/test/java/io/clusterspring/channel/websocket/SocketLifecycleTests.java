package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.channel.websocket.ChannelEndpoint.SocketLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketLifecycle}.
 */
class SocketLifecycleTests {

	private static final long SECOND = 1_000_000_000;

	private final ScriptedSocket socket = new ScriptedSocket();

	private final SocketOutbox outbox = new SocketOutbox(this.socket, 10);

	private final Session session = new Session();

	private int aborts;

	private final SocketCount count = new SocketCount(1);

	private final SocketLifecycle lifecycle = new SocketLifecycle("1",
			new SocketLimits(100, 10, Duration.ofSeconds(30), Duration.ofSeconds(60)), this.outbox, this.count,
			() -> this.aborts++);

	private final long now = System.nanoTime();

	SocketLifecycleTests() {
		this.lifecycle.open(() -> this.session);
	}

	@Test
	void clientWithTooMuchUnreadDataIsClosedAndThenAborted() {
		this.socket.room = 0;
		this.lifecycle.send(bytes("12345678"));
		this.lifecycle.send(bytes("90123"));
		assertThat(this.session.limits).containsExactly(ChannelLimit.OUTBOX_CAPACITY);
		assertThat(this.session.closed).isPositive();
		assertThat(this.lifecycle.openSession()).isNull();
		this.lifecycle.watch(System.nanoTime() + 4 * SECOND);
		assertThat(this.aborts).isZero();
		this.lifecycle.watch(System.nanoTime() + 6 * SECOND);
		assertThat(this.aborts).isEqualTo(1);
		assertThat(this.lifecycle.isGone()).isTrue();
	}

	@Test
	void clientThatDoesNotReadForTooLongIsClosedAndThenAborted() {
		this.socket.room = 0;
		this.lifecycle.send(bytes("1"));
		this.lifecycle.watch(this.now);
		this.lifecycle.heard();
		this.lifecycle.watch(this.now + 29 * SECOND);
		assertThat(this.session.limits).isEmpty();
		this.lifecycle.watch(this.now + 31 * SECOND);
		assertThat(this.session.limits).containsExactly(ChannelLimit.OUTBOX_TIMEOUT);
		this.lifecycle.watch(System.nanoTime() + 6 * SECOND);
		assertThat(this.aborts).isEqualTo(1);
	}

	@Test
	void theSessionIsWatchedWhileTheConnectionIsOpen() {
		this.lifecycle.watch(this.now);
		assertThat(this.session.watched).isEqualTo(this.now);
		this.lifecycle.close(CloseCodes.NORMAL);
		this.lifecycle.watch(this.now + 1);
		assertThat(this.session.watched).isEqualTo(this.now);
	}

	@Test
	void aSilentClientIsClosed() {
		this.lifecycle.watch(this.now + 61 * SECOND);
		assertThat(this.session.limits).containsExactly(ChannelLimit.IDLE_TIMEOUT);
		assertThat(this.socket.written()).isEqualTo(text(WireFrame.close(1002)));
		this.lifecycle.watch(System.nanoTime() + 6 * SECOND);
		assertThat(this.aborts).isEqualTo(1);
	}

	@Test
	void aClientThatStillReadsGetsAllBeforeTheClose() {
		this.socket.room = 0;
		this.lifecycle.send(bytes("12345678"));
		this.lifecycle.close(1012);
		this.lifecycle.watch(System.nanoTime() + 6 * SECOND);
		assertThat(this.aborts).isZero();
		this.socket.room = 100;
		this.outbox.writable();
		assertThat(this.socket.written()).isEqualTo("12345678" + text(WireFrame.close(1012)));
	}

	@Test
	void aCloseOfTheClientIsConfirmedOnce() {
		this.lifecycle.closedByClient();
		this.lifecycle.close(1001);
		assertThat(this.socket.written()).isEqualTo(text(WireFrame.close(1000)));
		assertThat(this.lifecycle.isGone()).isTrue();
	}

	@Test
	void aConnectionCountsUntilItIsClosed() {
		assertThat(this.count.isFull()).isTrue();
		this.lifecycle.close(1001);
		assertThat(this.count.present()).isEqualTo(1);
		this.lifecycle.ended();
		this.lifecycle.ended();
		assertThat(this.count.present()).isZero();
	}

	@Test
	void connectionThatEndsBeforeItIsOpenedIsNotCountedAndHasNoSession() {
		SocketLifecycle early = lifecycle();
		early.ended();
		early.open(() -> {
			throw new IllegalStateException("opened");
		});
		assertThat(this.count.present()).isEqualTo(1);
	}

	@Test
	void sessionThatIsClosedWhileItOpensIsNotified() {
		SocketLifecycle early = lifecycle();
		Session late = new Session();
		early.open(() -> {
			early.ended();
			return late;
		});
		assertThat(late.closed).isEqualTo(1);
		assertThat(this.count.present()).isEqualTo(1);
	}

	private SocketLifecycle lifecycle() {
		return new SocketLifecycle("2", new SocketLimits(100, 10, Duration.ofSeconds(30), Duration.ofSeconds(60)),
				this.outbox, this.count, () -> this.aborts++);
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(ByteBuffer bytes) {
		return StandardCharsets.UTF_8.decode(bytes).toString();
	}

	private static final class Session implements SocketSession {

		private final List<ChannelLimit> limits = new ArrayList<>();

		private int closed;

		private long watched;

		@Override
		public void received(ByteBuffer text) {
		}

		@Override
		public void receivedBinary(ByteBuffer bytes) {
		}

		@Override
		public void limitReached(ChannelLimit limit) {
			this.limits.add(limit);
		}

		@Override
		public void watch(long now) {
			this.watched = now;
		}

		@Override
		public void closed(LeaveReason reason) {
			this.closed++;
		}

	}

}
