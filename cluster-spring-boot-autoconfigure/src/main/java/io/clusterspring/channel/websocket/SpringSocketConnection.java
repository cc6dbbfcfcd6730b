package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

import io.clusterspring.channel.SocketConnection;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.mailbox.Mailbox;

/**
 * A connection whose writes may block. They happen in a mailbox of its own, so that a
 * client that does not read holds up nobody else.
 */
final class SpringSocketConnection implements SocketConnection {

	private static final Log logger = LogFactory.getLog(SpringSocketConnection.class);

	private final WebSocketSession session;

	private final int capacity;

	private final Executor executor;

	private final Mailbox writes;

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicLong written = new AtomicLong();

	private final AtomicBoolean closing = new AtomicBoolean();

	private final Backlog backlog = new Backlog();

	private volatile long heardAt = System.nanoTime();

	private volatile boolean gone;

	private volatile Runnable overflowing = () -> {
	};

	SpringSocketConnection(WebSocketSession session, int capacity, Executor executor) {
		this.session = session;
		this.capacity = capacity;
		this.executor = executor;
		this.writes = new Mailbox(executor, Integer.MAX_VALUE);
	}

	void onOverflow(Runnable action) {
		this.overflowing = action;
	}

	@Override
	public String id() {
		return this.session.getId();
	}

	@Override
	public void send(SocketFrame frame) {
		if (this.closing.get()) {
			return;
		}
		int size = frame.size();
		int before = this.waiting.getAndAdd(size);
		if (before > 0 && before + size > this.capacity) {
			if (closeAtOnce(CloseCodes.POLICY_VIOLATION)) {
				logger.warn("Closing socket " + id() + ": the client does not read, " + before + " bytes are waiting");
				this.overflowing.run();
			}
		}
		else {
			this.writes.postAlways(() -> write(frame, size));
		}
	}

	@Override
	public long waitingBytes() {
		return this.waiting.get();
	}

	private void write(SocketFrame frame, int size) {
		try {
			for (SocketFrame.Message message : frame.messages()) {
				this.session.sendMessage(
						message.isBinary() ? new BinaryMessage(message.bytes()) : new TextMessage(message.text()));
			}
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("Socket " + id() + " has failed", ex);
			this.closing.set(true);
			closeNow(CloseCodes.POLICY_VIOLATION);
		}
		finally {
			this.written.addAndGet(size);
			this.waiting.addAndGet(-size);
		}
	}

	@Override
	public void close(int code) {
		if (this.closing.compareAndSet(false, true)) {
			this.writes.postAlways(() -> closeNow(code));
		}
	}

	/**
	 * Close the connection without waiting for what was sent.
	 * @param code the websocket close code
	 * @return {@code false} if it is being closed already
	 */
	boolean closeAtOnce(int code) {
		boolean first = this.closing.compareAndSet(false, true);
		if (first) {
			this.executor.execute(() -> closeNow(code));
		}
		return first;
	}

	private void closeNow(int code) {
		try {
			this.session.close(new CloseStatus(code));
		}
		catch (IOException ex) {
			logger.debug("Socket " + id() + " did not close", ex);
		}
		finally {
			this.gone = true;
		}
	}

	@Override
	public boolean isGone() {
		return this.gone || !this.session.isOpen();
	}

	/**
	 * Take note that the client has sent something.
	 */
	void heard() {
		this.heardAt = System.nanoTime();
	}

	/**
	 * Return how long the client has been silent.
	 * @param now the time in nanoseconds
	 * @return the nanoseconds
	 */
	long silence(long now) {
		return now - this.heardAt;
	}

	/**
	 * Return how long the oldest frame has been waiting. To be asked by one thread.
	 * @param now the time in nanoseconds
	 * @return the nanoseconds, as {@link Backlog} knows them
	 */
	long age(long now) {
		long done = this.written.get();
		return this.backlog.look(done, done + this.waiting.get(), now);
	}

}
