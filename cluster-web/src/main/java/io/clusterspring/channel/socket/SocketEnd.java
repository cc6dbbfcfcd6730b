package io.clusterspring.channel.socket;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.limit.ChannelLimit;

/**
 * The reason why a socket ends: the first one that is known. Thread-safe.
 */
final class SocketEnd {

	private @Nullable LeaveReason reason;

	synchronized void by(LeaveReason reason) {
		if (this.reason == null) {
			this.reason = reason;
		}
	}

	/**
	 * Note a limit, which is the reason if it closes the socket.
	 * @param limit the limit that was reached
	 */
	void by(ChannelLimit limit) {
		switch (limit) {
			case IDLE_TIMEOUT, OUTBOX_TIMEOUT -> by(LeaveReason.TIMED_OUT);
			case OUTBOX_CAPACITY, MAX_MESSAGE_SIZE -> by(LeaveReason.LIMIT_REACHED);
			default -> {
				// the socket goes on
			}
		}
	}

	synchronized LeaveReason reason() {
		LeaveReason reason = this.reason;
		return (reason != null) ? reason : LeaveReason.CONNECTION_CLOSED;
	}

}
