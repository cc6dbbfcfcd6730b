package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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

	private final AtomicBoolean closing = new AtomicBoolean();

	SpringSocketConnection(WebSocketSession session, int capacity, Executor executor) {
		this.session = session;
		this.capacity = capacity;
		this.executor = executor;
		this.writes = new Mailbox(executor, Integer.MAX_VALUE);
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
			overflow(before);
		}
		else {
			this.writes.postAlways(() -> write(frame, size));
		}
	}

	private void overflow(int size) {
		if (this.closing.compareAndSet(false, true)) {
			logger.warn("Closing socket " + id() + ": the client does not read, " + size + " bytes are waiting");
			this.executor.execute(() -> closeNow(CloseCodes.POLICY_VIOLATION));
		}
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
			this.waiting.addAndGet(-size);
		}
	}

	@Override
	public void close(int code) {
		if (this.closing.compareAndSet(false, true)) {
			this.writes.postAlways(() -> closeNow(code));
		}
	}

	private void closeNow(int code) {
		try {
			this.session.close(new CloseStatus(code));
		}
		catch (IOException ex) {
			logger.debug("Socket " + id() + " did not close", ex);
		}
	}

}
