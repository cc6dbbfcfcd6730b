package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.http.WebConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.AcceptedSocket;
import io.clusterspring.channel.ChannelLimit;
import io.clusterspring.channel.SocketConnection;
import io.clusterspring.channel.SocketSession;
import io.clusterspring.channel.protocol.SocketFrame;

/**
 * A connection on Tomcat's own upgrade API. Tomcat calls it when there is something to
 * read or room to write; in between it holds no thread and no buffer.
 */
@SuppressWarnings("NullAway.Init")
public final class TomcatSocket
		implements InternalHttpUpgradeHandler, SocketConnection, WebSocketReader.Handler, SocketOutbox.Channel {

	private static final Log logger = LogFactory.getLog(TomcatSocket.class);

	// how long a client may take to confirm a close
	private static final long CLOSE_TIMEOUT = TimeUnit.SECONDS.toNanos(5);

	private final String id = UUID.randomUUID().toString();

	private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

	private volatile long closingSince;

	private volatile boolean clientClosed;

	private volatile boolean stuck;

	private volatile long heardAt = System.nanoTime();

	private SocketLimits limits;

	private ReadBuffers buffers;

	private SocketOutbox outbox;

	private WebSocketReader reader;

	private AcceptedSocket accepted;

	private volatile @Nullable SocketSession session;

	private SocketWrapperBase<?> wrapper;

	private TomcatTransfer transfer;

	/**
	 * Created by Tomcat.
	 */
	public TomcatSocket() {
	}

	void open(AcceptedSocket accepted, SocketLimits limits, ReadBuffers buffers) {
		this.limits = limits;
		this.buffers = buffers;
		this.outbox = new SocketOutbox(this, limits.outboxCapacity());
		this.reader = new WebSocketReader(this, limits.maxMessageSize());
		this.accepted = accepted;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
		this.wrapper = wrapper;
		this.transfer = TomcatTransfer.of(wrapper);
		wrapper.setReadTimeout(-1);
		wrapper.setWriteTimeout(-1);
	}

	@Override
	public void init(WebConnection connection) {
		this.session = this.accepted.open(this);
	}

	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		switch (event) {
			case OPEN_READ -> read();
			case OPEN_WRITE -> this.outbox.writable();
			default -> ended();
		}
		return (this.state.get() == State.CLOSED) ? SocketState.CLOSED : SocketState.UPGRADED;
	}

	private void read() {
		this.heardAt = System.nanoTime();
		ByteBuffer buffer = this.buffers.take();
		try {
			boolean more = true;
			while (more && this.state.get() != State.CLOSED) {
				more = this.transfer.read(buffer.clear());
				this.reader.read(buffer.flip());
			}
		}
		catch (WebSocketException ex) {
			logger.debug("Closing socket " + this.id + ": " + ex.getMessage());
			if (ex.closeCode() == CloseCodes.TOO_BIG) {
				limitReached(ChannelLimit.MAX_MESSAGE_SIZE);
			}
			close(ex.closeCode());
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
		}
		finally {
			this.buffers.giveBack(buffer);
		}
	}

	@Override
	public void text(ByteBuffer text) {
		SocketSession present = this.session;
		if (present != null && this.state.get() == State.OPEN) {
			present.received(text);
		}
	}

	@Override
	public void binary(ByteBuffer bytes) {
		SocketSession present = this.session;
		if (present != null && this.state.get() == State.OPEN) {
			present.receivedBinary(bytes);
		}
	}

	@Override
	public void ping(byte[] payload) {
		offer(ServerFrames.pong(payload));
	}

	@Override
	public void close() {
		close(CloseCodes.NORMAL);
		this.clientClosed = true;
		if (this.outbox.isIdle()) {
			ended();
		}
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public void send(SocketFrame frame) {
		offer(frame.wire());
	}

	@Override
	public long waitingBytes() {
		return this.outbox.size();
	}

	private void offer(ByteBuffer bytes) {
		if (this.state.get() == State.OPEN && !this.outbox.offer(bytes)) {
			closeStuck(ChannelLimit.OUTBOX_CAPACITY);
		}
	}

	private void closeStuck(ChannelLimit limit) {
		if (this.state.compareAndSet(State.OPEN, State.CLOSING)) {
			logger.warn("Closing socket " + this.id + ": the client does not read, " + this.outbox.size()
					+ " bytes are waiting");
			limitReached(limit);
			this.stuck = true;
			this.closingSince = System.nanoTime();
			this.outbox.replaceBy(ServerFrames.close(CloseCodes.POLICY_VIOLATION));
			sessionClosed();
		}
	}

	private void limitReached(ChannelLimit limit) {
		SocketSession present = this.session;
		if (present != null) {
			present.limitReached(limit);
		}
	}

	@Override
	public void close(int code) {
		if (this.state.compareAndSet(State.OPEN, State.CLOSING)) {
			this.closingSince = System.nanoTime();
			this.outbox.offerLast(ServerFrames.close(code));
			sessionClosed();
		}
	}

	@Override
	public boolean write(ByteBuffer bytes) throws IOException {
		return this.transfer.write(bytes);
	}

	@Override
	public void awaitWritable() {
		this.wrapper.registerWriteInterest();
	}

	@Override
	public void failed(Exception failure) {
		logger.debug("Socket " + this.id + " has failed", failure);
		ended();
		this.wrapper.close();
	}

	private void ended() {
		this.state.set(State.CLOSED);
		sessionClosed();
	}

	private void sessionClosed() {
		SocketSession present = this.session;
		if (present != null) {
			present.closed();
		}
	}

	/**
	 * Called by Tomcat for each connection about every second.
	 */
	@Override
	public void timeoutAsync(long millis) {
		long now = System.nanoTime();
		if (this.state.get() == State.OPEN) {
			if (now - this.heardAt > this.limits.idleTimeout().toNanos()) {
				limitReached(ChannelLimit.IDLE_TIMEOUT);
				close(CloseCodes.PROTOCOL_ERROR);
			}
			else if (this.outbox.age(now) > this.limits.outboxTimeout().toNanos()) {
				closeStuck(ChannelLimit.OUTBOX_TIMEOUT);
			}
		}
		else if (this.state.get() == State.CLOSING) {
			watchClosing(now);
		}
	}

	private void watchClosing(long now) {
		boolean flushed = this.outbox.isIdle();
		if (!flushed && !this.stuck && this.outbox.age(now) <= this.limits.outboxTimeout().toNanos()) {
			// the client still reads what was sent before
			this.closingSince = now;
		}
		else if (now - this.closingSince > CLOSE_TIMEOUT || (this.clientClosed && flushed)) {
			ended();
			this.wrapper.close();
		}
	}

	@Override
	public boolean isGone() {
		return this.state.get() == State.CLOSED;
	}

	@Override
	public void destroy() {
		ended();
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
	}

	@Override
	public void pause() {
	}

	private enum State {

		OPEN, CLOSING, CLOSED

	}

}
