package io.clusterspring.channel;

import java.nio.ByteBuffer;

/**
 * The server's end of a connection, which its transport feeds.
 */
public interface SocketSession {

	/**
	 * Take a text message of the client. Must be called for one message at a time, in
	 * order; never blocks and runs no user code.
	 * @param text the message in valid UTF-8, with an accessible array that is not
	 * changed afterwards
	 */
	void received(ByteBuffer text);

	/**
	 * Take a binary message of the client, as {@link #received} takes text.
	 * @param bytes the message, with an accessible array that is not changed afterwards
	 */
	void receivedBinary(ByteBuffer bytes);

	/**
	 * Take note that the client has reached a limit that the transport watches. May be
	 * called by any thread.
	 * @param limit the limit
	 */
	void limitReached(ChannelLimit limit);

	/**
	 * Take note that the connection is gone, by whichever side. May be called more than
	 * once and by any thread.
	 */
	void closed();

}
