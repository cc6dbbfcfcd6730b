package io.clusterspring.channel;

import io.clusterspring.channel.protocol.SocketFrame;

/**
 * A client's connection as a transport provides it. Methods may be called by any thread;
 * none of them blocks.
 */
public interface SocketConnection {

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
	 * Send a frame after those sent before. If the client has left too much unread, the
	 * connection is closed instead.
	 * @param frame the frame
	 */
	void send(SocketFrame frame);

	/**
	 * Return how much waits because the client has not read it.
	 * @return the number of bytes, about
	 */
	default long waitingBytes() {
		return 0;
	}

	/**
	 * Close the connection after what was sent. Does nothing if it is closed.
	 * @param code the websocket close code (RFC 6455, section 7.4)
	 */
	void close(int code);

	/**
	 * Return whether a connection that was closed has also taken all that was sent before
	 * and need not be waited for.
	 * @return {@code true} if there is nothing left to wait for
	 */
	default boolean isGone() {
		return true;
	}

}
