package io.clusterspring.channel.fanout;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketFrame;

/**
 * The client of a member, as one that may follow the history of its topic.
 */
public interface Follower {

	/**
	 * Return what the client wanted when it joined.
	 * @return {@code null} if it does not follow the history
	 */
	@Nullable HistoryRequest request();

	/**
	 * Send a frame after the messages that the handler of the member has yet to handle: a
	 * later position must not overtake an earlier one.
	 */
	void deliver(SocketFrame frame);

	/**
	 * Return whether messages may wait for the client without closing its socket.
	 * @param size the number of bytes
	 * @param handled how many of the messages the handler intercepts
	 */
	boolean hasRoom(long size, int handled);

}
