package io.clusterspring.stomp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the messages that are on their way to a session: they have entered Spring's
 * channel to clients, and no thread has handed them to the connection yet. After the cut
 * no message enters, so the count falls to zero however busy the broker is. Exactly one
 * call reports that the session is over: {@link #leave()} of its last message, or
 * {@link #cut()} if none was on its way. Thread-safe.
 */
final class SessionFlow {

	private static final int CUT = 1;

	private static final int USED = 2;

	private static final int MESSAGE = 4;

	private final AtomicInteger state = new AtomicInteger();

	/**
	 * Whether the session has ever got a message; before, the broker does not know it.
	 */
	boolean isUsed() {
		return (this.state.get() & USED) != 0;
	}

	/** Return how many messages have entered, and were not handed on yet. */
	int pending() {
		return this.state.get() / MESSAGE;
	}

	/** A message enters the channel, unless it comes after the cut. */
	boolean enter() {
		return !isCut(this.state.getAndUpdate((now) -> isCut(now) ? now : (now | USED) + MESSAGE));
	}

	/**
	 * A message that has entered is handed to the connection, or was refused.
	 * @return whether the session is over
	 */
	boolean leave() {
		int now = this.state.addAndGet(-MESSAGE);
		return isCut(now) && now < MESSAGE;
	}

	/**
	 * Let no further message enter.
	 * @return whether the session is over
	 */
	boolean cut() {
		int before = this.state.getAndUpdate((now) -> now | CUT);
		return !isCut(before) && before < MESSAGE;
	}

	private static boolean isCut(int state) {
		return (state & CUT) != 0;
	}

}
