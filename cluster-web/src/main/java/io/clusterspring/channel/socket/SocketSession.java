package io.clusterspring.channel.socket;

import java.nio.ByteBuffer;

import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.limit.ChannelLimit;

/**
 * The session of one connection. The transport passes the client's messages to it.
 */
public interface SocketSession {

	/**
	 * Handle a text message of the client. It is called for one message at a time, in
	 * order. It never blocks and runs no user code.
	 * @param text the message in valid UTF-8; its array must be accessible and must not
	 * be changed afterwards
	 */
	void received(ByteBuffer text);

	/**
	 * Handle a binary message of the client, under the same rules as {@link #received}.
	 * @param bytes the message; its array must be accessible and must not be changed
	 * afterwards
	 */
	void receivedBinary(ByteBuffer bytes);

	/** Count a limit of the transport that the client has reached. Thread-safe. */
	void limitReached(ChannelLimit limit);

	/**
	 * Close the connection if the right of the client has ended. It must be called about
	 * once a second while the connection is open. Thread-safe.
	 * @param now the time in nanoseconds
	 */
	void watch(long now);

	/**
	 * Called when the connection is closed by the client, or lost. The same as
	 * {@link #closed(LeaveReason)} with that reason.
	 */
	default void closed() {
		closed(LeaveReason.CONNECTION_CLOSED);
	}

	/**
	 * Called when the connection is closed, by either side. Thread-safe; may be called
	 * more than once.
	 * @param reason the reason; the first one that is known counts
	 */
	void closed(LeaveReason reason);

}
