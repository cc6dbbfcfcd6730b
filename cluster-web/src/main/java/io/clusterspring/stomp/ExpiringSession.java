package io.clusterspring.stomp;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketSession;

import io.clusterspring.expiry.Deadline;

/**
 * A session that may end at a moment. It ends once; after that its client is no longer
 * heard. Thread-safe.
 */
final class ExpiringSession {

	private final WebSocketSession session;

	private @Nullable Deadline deadline;

	private volatile boolean ended;

	ExpiringSession(WebSocketSession session) {
		this.session = session;
	}

	WebSocketSession session() {
		return this.session;
	}

	/**
	 * Set the deadline of the present user, in place of that of the user before.
	 * @param next the deadline, or {@code null} for none
	 */
	synchronized void limit(@Nullable Deadline next) {
		this.deadline = next;
	}

	/**
	 * End.
	 * @return {@code false} if it has ended before
	 */
	synchronized boolean end() {
		boolean first = !this.ended;
		this.ended = true;
		return first;
	}

	/**
	 * End if the moment has come.
	 * @param now the present time in nanoseconds
	 * @return {@code true} if it has come and the session had not ended before
	 */
	synchronized boolean endIfOver(long now) {
		return this.deadline != null && this.deadline.isOver(now) && end();
	}

	boolean hasEnded() {
		return this.ended;
	}

}
