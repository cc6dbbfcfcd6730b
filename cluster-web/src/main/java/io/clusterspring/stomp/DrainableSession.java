package io.clusterspring.stomp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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
 *
 * <pre>
 *              NEW     CONNECTED   WAITING           Marked                 OVER     CLOSED
 * a message    pass; CONNECTED     pass              pass                   ignore   ignore
 * drain        OVER    WAITING     OVER if no session gets markers          -        -
 * mark is sent                     Marked
 * its marker                                         OVER
 * close        OVER    OVER        OVER              OVER                   -        -
 * </pre>
 *
 * A session that is OVER has got all messages, and closes on another thread.
 */
final class DrainableSession extends WebSocketSessionDecorator implements Drainable.Connection {

	private static final Log logger = LogFactory.getLog(DrainableSession.class);

	// an application that filters out markers: no session gets one
	private static final Duration QUIET_TIME = Duration.ofSeconds(5);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final DrainMarks marks;

	private final AtomicReference<State> state = new AtomicReference<>(Step.NEW);

	private volatile boolean sending;

	private volatile long lastSent;

	DrainableSession(WebSocketSession session, DrainMarks marks) {
		super(session);
		this.marks = marks;
	}

	@Override
	public void sendMessage(WebSocketMessage<?> message) throws IOException {
		State now = this.state.get();
		if (now == Step.OVER || now == Step.CLOSED) {
			return;
		}
		String found = this.marks.isExpected() ? this.marks.markIn(message) : null;
		if (found == null) {
			pass(message);
		}
		// a client that has subscribed to a pattern gets markers of others, too
		else if (now instanceof Marked own && found.contains(own.mark())) {
			this.state.compareAndSet(now, Step.OVER);
			this.marks.arrived();
			finish(false);
		}
	}

	private void pass(WebSocketMessage<?> message) throws IOException {
		if (!this.marks.isExpected()) {
			super.sendMessage(message);
		}
		else {
			this.sending = true;
			try {
				super.sendMessage(message);
			}
			finally {
				this.lastSent = System.nanoTime();
				this.sending = false;
			}
		}
		if (this.state.get() == Step.NEW) {
			this.state.compareAndSet(Step.NEW, Step.CONNECTED);
		}
	}

	void expect(String mark) {
		this.state.compareAndSet(Step.WAITING, new Marked(mark));
	}

	@Override
	public void drain() {
		State now = this.state.get();
		if (now == Step.NEW) {
			close();
		}
		else if (now == Step.CONNECTED) {
			this.lastSent = System.nanoTime();
			if (this.state.compareAndSet(now, Step.WAITING)) {
				this.marks.sendTo(this);
			}
		}
		else if ((now == Step.WAITING || now instanceof Marked) && isQuiet()
				&& this.state.compareAndSet(now, Step.OVER)) {
			this.marks.execute(() -> finish(false));
		}
	}

	private boolean isQuiet() {
		return !this.marks.haveArrived() && !this.sending && System.nanoTime() - this.lastSent > QUIET_TIME.toNanos();
	}

	/**
	 * Close when all messages are sent. A session that polls has got them when its next
	 * poll starts to wait.
	 * @param waited whether a poll was waiting at the last call
	 */
	private void finish(boolean waited) {
		boolean polls = unwrap(this) instanceof AbstractHttpSockJsSession;
		boolean waits = unwrap(this) instanceof AbstractHttpSockJsSession polled && polled.isActive();
		if (!polls || (waits && waited)) {
			restart();
		}
		else if (isOpen()) {
			this.marks.executeLater(() -> finish(waits), POLL_INTERVAL);
		}
	}

	@Override
	public void close() {
		this.state.updateAndGet((now) -> (now == Step.CLOSED) ? now : Step.OVER);
		this.marks.execute(this::restart);
	}

	private void restart() {
		if (this.state.getAndSet(Step.CLOSED) != Step.CLOSED) {
			try {
				close(CloseStatus.SERVICE_RESTARTED);
			}
			catch (IOException ex) {
				logger.debug("Cannot close session " + getId(), ex);
			}
		}
	}

	/**
	 * How far the session is drained.
	 */
	private sealed interface State {

	}

	private enum Step implements State {

		NEW, CONNECTED, WAITING, OVER, CLOSED

	}

	/**
	 * Waits for a marker.
	 */
	private record Marked(String mark) implements State {
	}

}
