package io.clusterspring.channel.socket;

import io.clusterspring.channel.protocol.SocketFrame;

/**
 * A client's connection, implemented by each transport. Thread-safe; no method blocks.
 */
public interface SocketConnection {

	/** Close code: the session has ended; the client may connect again. */
	int GOING_AWAY = 1001;

	/** Close code: the client has exceeded a limit. */
	int POLICY_VIOLATION = 1008;

	/** Close code: a message of the client could not be handled. */
	int SERVER_ERROR = 1011;

	/** Close code: the node stops; the client connects to another one. */
	int SERVICE_RESTART = 1012;

	/**
	 * Close code: the right of the client to be connected has ended. It is registered
	 * with IANA as "Unauthorized". phoenix.js connects again after it.
	 */
	int UNAUTHORIZED = 3000;

	/**
	 * Return an id that is unique on all nodes.
	 * @return the id
	 */
	String id();

	/**
	 * Return whether binary messages can be sent.
	 * @return {@code false} if frames must hold text only
	 */
	default boolean hasBinary() {
		return true;
	}

	/**
	 * Send a frame, after all earlier frames. If too much waits to be sent to the client,
	 * the connection is closed instead.
	 * @param frame the frame
	 */
	void send(SocketFrame frame);

	/**
	 * Return the size of the frames that wait to be sent.
	 * @return the approximate number of bytes
	 */
	default long waitingBytes() {
		return 0;
	}

	/**
	 * Return when the client has sent something for the last time.
	 * @return the moment by {@link System#nanoTime()}
	 */
	default long heardAt() {
		return System.nanoTime();
	}

	/**
	 * Return how much can be sent now without closing the connection.
	 * @return the number of bytes
	 */
	default long room() {
		return Long.MAX_VALUE;
	}

	/**
	 * Close the connection after the frames that were sent before. Nothing happens if it
	 * is closed.
	 * @param code the WebSocket close code (RFC 6455, section 7.4)
	 */
	void close(int code);

	/**
	 * Close the connection and say why, if the transport can.
	 * @param code the WebSocket close code
	 * @param reason the reason, in ASCII and short
	 */
	default void close(int code, String reason) {
		close(code);
	}

	/**
	 * Return whether a closed connection has finished, so that all frames that were sent
	 * before are written.
	 * @return {@code true} if nothing is left to wait for
	 */
	default boolean isGone() {
		return true;
	}

}
