package io.clusterspring.stomp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.messaging.MessageHandler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;
import org.springframework.web.socket.sockjs.transport.SockJsSession;
import org.springframework.web.socket.sockjs.transport.session.AbstractHttpSockJsSession;

import io.clusterspring.drain.Drainable;

/**
 * A session of a client that can be drained. The marker that the broker sends after all
 * other messages cuts its flow; when the messages before the cut have left Spring's
 * channel, the session closes on another thread. A session that has got no message is
 * unknown to the broker, and closes at once.
 */
final class DrainableSession implements Drainable.Connection {

	private static final Log logger = LogFactory.getLog(DrainableSession.class);

	/** Spring's default. */
	private static final int SEND_BUFFER_SIZE = 512 * 1024;

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final WebSocketSession session;

	private final WebSocketHandler handler;

	private final DrainMarks marks;

	private final SessionFlow flow = new SessionFlow();

	private final ReplayBudget replays = new ReplayBudget(System::nanoTime);

	private final AtomicBoolean asked = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final long since = System.nanoTime();

	private volatile CloseStatus status = CloseStatus.SERVICE_RESTARTED;

	DrainableSession(WebSocketSession session, WebSocketHandler handler, DrainMarks marks) {
		this.session = session;
		this.handler = handler;
		this.marks = marks;
	}

	String id() {
		return this.session.getId();
	}

	/** Return when it was opened, by {@link System#nanoTime()}. */
	long since() {
		return this.since;
	}

	/** Return how its client is connected. */
	String transport() {
		WebSocketSession innermost = WebSocketSessionDecorator.unwrap(this.session);
		return (innermost instanceof AbstractHttpSockJsSession) ? "sockjs-http"
				: (innermost instanceof SockJsSession) ? "sockjs-websocket" : "websocket";
	}

	/** Return how many messages are on their way to its connection. */
	int pendingMessages() {
		return this.flow.pending();
	}

	boolean isOpen() {
		return this.session.isOpen();
	}

	/**
	 * Return whether a subscriber of the channel sends the messages of this session. The
	 * channel gives each message to all its subscribers.
	 */
	boolean isServedBy(MessageHandler subscriber) {
		return (this.handler instanceof SubProtocolWebSocketHandler) ? this.handler == subscriber
				: subscriber instanceof SubProtocolWebSocketHandler;
	}

	/**
	 * Take the room that a replay needs, if it is there. Spring closes a session for
	 * which more waits than its limits allow.
	 * @return whether the replay may be sent
	 */
	boolean takeRoom(int messages, long bytes) {
		int most = (WebSocketSessionDecorator.unwrap(this.session) instanceof AbstractHttpSockJsSession polled)
				? polled.getSockJsServiceConfig().getHttpMessageCacheSize() / 2 : Integer.MAX_VALUE;
		return this.replays.take(messages, bytes, most, (this.handler instanceof SubProtocolWebSocketHandler stomp)
				? stomp.getSendBufferSizeLimit() : SEND_BUFFER_SIZE);
	}

	/** A message for the session enters the channel, unless it comes after the marker. */
	boolean enter() {
		return this.flow.enter();
	}

	/** A message that has entered is sent, or was refused. */
	void leave() {
		if (this.flow.leave()) {
			over();
		}
	}

	/** The marker has entered, after all earlier messages. */
	void marked() {
		if (this.flow.cut()) {
			over();
		}
	}

	@Override
	public void drain() {
		if (!this.flow.isUsed()) {
			close();
		}
		else if (this.asked.compareAndSet(false, true)) {
			this.marks.sendTo(this);
		}
	}

	@Override
	public void close() {
		this.flow.cut();
		this.marks.execute(this::end);
	}

	private void over() {
		this.marks.execute(() -> finish(false));
	}

	/**
	 * Close when all messages are sent. A session that polls has got them when its next
	 * poll starts to wait.
	 * @param waited whether a poll was waiting at the last call
	 */
	private void finish(boolean waited) {
		WebSocketSession innermost = WebSocketSessionDecorator.unwrap(this.session);
		boolean polls = innermost instanceof AbstractHttpSockJsSession;
		boolean waits = innermost instanceof AbstractHttpSockJsSession polled && polled.isActive();
		if (!polls || (waits && waited)) {
			end();
		}
		else if (isOpen()) {
			this.marks.executeLater(() -> finish(waits), POLL_INTERVAL);
		}
	}

	/**
	 * Close the session at once, because its client has lost the right to it. It gets no
	 * more messages.
	 * @param why what the client is told
	 */
	void revoke(CloseStatus why) {
		// first, because the last message on its way ends the session as well
		this.status = why;
		this.flow.cut();
		this.marks.execute(this::end);
	}

	private void end() {
		if (this.closed.compareAndSet(false, true)) {
			try {
				this.session.close(this.status);
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("Cannot close session " + id(), ex);
			}
		}
	}

}
