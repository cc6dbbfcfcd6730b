package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.channel.websocket.ChannelEndpoint.SocketLimits;

/**
 * The life of a connection, for all transports: it is open, then it sends a close frame,
 * then it is closed. The connection of a client that does not read, or does not confirm
 * the close, is aborted after a timeout. No method blocks. All methods except
 * {@link #watch} are thread-safe.
 */
final class SocketLifecycle implements SocketConnection {

	private static final Log logger = LogFactory.getLog(SocketLifecycle.class);

	// the time until a client must confirm a close
	private static final long CLOSE_TIMEOUT = TimeUnit.SECONDS.toNanos(5);

	private final String id;

	private final SocketLimits limits;

	private final SocketOutbox outbox;

	private final SocketCount count;

	private final Runnable abort;

	private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

	private volatile @Nullable SocketSession session;

	private volatile long closingSince;

	private volatile boolean clientClosed;

	private volatile boolean stuck;

	private volatile long heardAt = System.nanoTime();

	/**
	 * Create the lifecycle of a connection.
	 * @param id the id of the connection, for the log
	 * @param outbox the frames that wait to be sent
	 * @param count counts the connection while it is open or closing
	 * @param abort aborts the connection without blocking
	 */
	SocketLifecycle(String id, SocketLimits limits, SocketOutbox outbox, SocketCount count, Runnable abort) {
		this.id = id;
		this.limits = limits;
		this.outbox = outbox;
		this.count = count;
		this.abort = abort;
	}

	/**
	 * Open the connection, unless it has ended already.
	 * @param opening opens the session, which may send and close at once
	 */
	void open(Supplier<SocketSession> opening) {
		if (!this.state.compareAndSet(State.NEW, State.OPEN)) {
			return;
		}
		this.count.opened();
		SocketSession opened = opening.get();
		this.session = opened;
		if (isGone()) {
			opened.closed();
		}
	}

	/**
	 * Return the session while it accepts messages of the client.
	 * @return the session, or {@code null} before it is opened and after a close was sent
	 */
	@Nullable SocketSession openSession() {
		return (this.state.get() == State.OPEN) ? this.session : null;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public boolean isGone() {
		return this.state.get() == State.CLOSED;
	}

	@Override
	public long waitingBytes() {
		return this.outbox.size();
	}

	@Override
	public long heardAt() {
		return this.heardAt;
	}

	@Override
	public long room() {
		return (long) this.limits.outboxCapacity() - this.outbox.size();
	}

	/** Called when the client has sent data. */
	void heard() {
		this.heardAt = System.nanoTime();
	}

	@Override
	public void send(SocketFrame frame) {
		send(frame.wire());
	}

	/**
	 * Send frames, or close the connection if too much is waiting.
	 * @param frames the frames; the outbox owns the buffer from now on
	 */
	void send(ByteBuffer frames) {
		if (this.state.get() == State.OPEN && !this.outbox.offer(frames)) {
			closeStuck(ChannelLimit.OUTBOX_CAPACITY);
		}
	}

	@Override
	public void close(int code) {
		close(code, "");
	}

	@Override
	public void close(int code, String reason) {
		if (this.state.compareAndSet(State.OPEN, State.CLOSING)) {
			this.closingSince = System.nanoTime();
			this.outbox.offerLast(WireFrame.close(code, reason));
			sessionClosed();
		}
	}

	/**
	 * Called when the client has sent a close frame, either first or as a confirmation.
	 */
	void closedByClient() {
		close(CloseCodes.NORMAL);
		this.clientClosed = true;
		if (this.outbox.isIdle()) {
			ended();
		}
	}

	private void closeStuck(ChannelLimit limit) {
		if (this.state.compareAndSet(State.OPEN, State.CLOSING)) {
			logger.warn("Closing socket " + this.id + ": the client does not read, " + this.outbox.size()
					+ " bytes are waiting");
			limitReached(limit);
			this.stuck = true;
			this.closingSince = System.nanoTime();
			this.outbox.replaceBy(WireFrame.close(POLICY_VIOLATION));
			sessionClosed();
		}
	}

	void limitReached(ChannelLimit limit) {
		SocketSession present = this.session;
		if (present != null) {
			present.limitReached(limit);
		}
	}

	/**
	 * Abort a broken connection.
	 * @param failure the cause
	 */
	void failed(Exception failure) {
		logger.debug("Socket " + this.id + " has failed", failure);
		abort();
	}

	private void abort() {
		ended();
		this.abort.run();
	}

	/** Called when the connection is closed. */
	void ended() {
		State before = this.state.getAndSet(State.CLOSED);
		if (before == State.OPEN || before == State.CLOSING) {
			this.count.closed();
		}
		sessionClosed();
	}

	private void sessionClosed() {
		SocketSession present = this.session;
		if (present != null) {
			present.closed();
		}
	}

	/**
	 * Close or abort the connection of a client that has been silent, has not read, or
	 * has been closing for too long. It must be called about once a second, by one thread
	 * at a time.
	 * @param now the time in nanoseconds
	 */
	void watch(long now) {
		if (this.state.get() == State.OPEN) {
			if (now - this.heardAt > this.limits.idleTimeout().toNanos()) {
				limitReached(ChannelLimit.IDLE_TIMEOUT);
				close(CloseCodes.PROTOCOL_ERROR);
			}
			else if (isLate(now)) {
				closeStuck(ChannelLimit.OUTBOX_TIMEOUT);
			}
			else {
				watchSession(now);
			}
		}
		else if (this.state.get() == State.CLOSING) {
			watchClosing(now);
		}
	}

	private void watchSession(long now) {
		SocketSession present = this.session;
		if (present != null) {
			present.watch(now);
		}
	}

	private void watchClosing(long now) {
		boolean flushed = this.outbox.isIdle();
		if (!flushed && !this.stuck && !isLate(now)) {
			// the client still reads earlier frames
			this.closingSince = now;
		}
		else if (now - this.closingSince > CLOSE_TIMEOUT || (this.clientClosed && flushed)) {
			abort();
		}
	}

	private boolean isLate(long now) {
		return this.outbox.age(now) > this.limits.outboxTimeout().toNanos();
	}

	private enum State {

		NEW, OPEN, CLOSING, CLOSED

	}

}
