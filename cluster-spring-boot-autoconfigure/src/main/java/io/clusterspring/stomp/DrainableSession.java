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
 * A session of a client, below Spring's buffer: one message comes after the other. It
 * ends at the mark that the broker has sent behind everything else.
 */
final class DrainableSession extends WebSocketSessionDecorator implements Drainable.Connection {

	private static final Log logger = LogFactory.getLog(DrainableSession.class);

	// for applications that keep the mark from getting here
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration LOOK = Duration.ofMillis(20);

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
			finish();
		}
	}

	/**
	 * Know which mark is this session's, before it is sent: one whose subscription has a
	 * pattern gets those of others too.
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
		return !this.sending && System.nanoTime() - this.lastSent > PATIENCE.toNanos();
	}

	// a session that polls has got what waits for it when the next poll begins to wait
	private void finish() {
		boolean polls = unwrap(this) instanceof AbstractHttpSockJsSession;
		boolean waits = unwrap(this) instanceof AbstractHttpSockJsSession polled && polled.isActive();
		if (!polls || (waits && this.waited)) {
			restart();
		}
		else if (isOpen()) {
			this.waited = waits;
			this.marks.executeLater(this::finish, LOOK);
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
				logger.debug("Session " + getId() + " could not be closed", ex);
			}
		}
	}

}
