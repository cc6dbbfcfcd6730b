package io.clusterspring.stomp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;
import org.springframework.web.socket.sockjs.transport.session.AbstractHttpSockJsSession;

import io.clusterspring.drain.Drainable;

/**
 * A session of a client that can be drained. It is below Spring's send buffer, so it gets
 * one message at a time. It closes at the marker that the broker sends after all other
 * messages.
 */
final class DrainableSession extends WebSocketSessionDecorator implements Drainable.Connection {

	private static final Log logger = LogFactory.getLog(DrainableSession.class);

	// an application that filters out markers: no session gets one
	private static final Duration QUIET_TIME = Duration.ofSeconds(5);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final DrainMarks marks;

	private final AtomicBoolean marked = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable String mark;

	private volatile boolean connected;

	private volatile boolean sending;

	private volatile long lastSent;

	private volatile boolean over;

	private volatile boolean waited;

	DrainableSession(WebSocketSession session, DrainMarks marks) {
		super(session);
		this.marks = marks;
	}

	@Override
	public void sendMessage(WebSocketMessage<?> message) throws IOException {
		if (this.over) {
			return;
		}
		if (!this.marks.isExpected()) {
			super.sendMessage(message);
			this.connected = true;
			return;
		}
		String found = this.marks.markIn(message);
		if (found == null) {
			sendLate(message);
			return;
		}
		String own = this.mark;
		if (own != null && found.contains(own)) {
			this.over = true;
			this.marks.arrived();
			finish();
		}
	}

	/**
	 * Set the marker of this session before it is sent. The session may get markers of
	 * others, too, if its client has subscribed to a pattern.
	 * @param mark the mark
	 */
	void expect(String mark) {
		this.mark = mark;
	}

	private void sendLate(WebSocketMessage<?> message) throws IOException {
		this.sending = true;
		try {
			super.sendMessage(message);
			this.connected = true;
		}
		finally {
			this.lastSent = System.nanoTime();
			this.sending = false;
		}
	}

	@Override
	public void drain() {
		if (!this.connected) {
			close();
		}
		else if (this.marked.compareAndSet(false, true)) {
			this.lastSent = System.nanoTime();
			this.marks.sendTo(this);
		}
		else if (!this.over && isQuiet()) {
			this.over = true;
			this.marks.execute(this::finish);
		}
	}

	boolean isMarked() {
		return this.marked.get();
	}

	private boolean isQuiet() {
		return !this.marks.haveArrived() && !this.sending && System.nanoTime() - this.lastSent > QUIET_TIME.toNanos();
	}

	// a session that polls has got all messages when its next poll starts to wait
	private void finish() {
		boolean polls = unwrap(this) instanceof AbstractHttpSockJsSession;
		boolean waits = unwrap(this) instanceof AbstractHttpSockJsSession polled && polled.isActive();
		if (!polls || (waits && this.waited)) {
			restart();
		}
		else if (isOpen()) {
			this.waited = waits;
			this.marks.executeLater(this::finish, POLL_INTERVAL);
		}
	}

	@Override
	public void close() {
		this.over = true;
		this.marks.execute(this::restart);
	}

	private void restart() {
		if (this.closed.compareAndSet(false, true)) {
			try {
				close(CloseStatus.SERVICE_RESTARTED);
			}
			catch (IOException ex) {
				logger.debug("Cannot close session " + getId(), ex);
			}
		}
	}

}
