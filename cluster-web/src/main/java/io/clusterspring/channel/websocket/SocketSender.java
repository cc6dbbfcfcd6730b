package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;

/**
 * Sends frames without blocking, with the API of a web server.
 */
interface SocketSender {

	/**
	 * Start to send some of the frames. It must not be called again before the completion
	 * is called.
	 * @param frames whole encoded frames
	 * @param completion called once, by any thread, maybe before this method returns
	 * @return the number of bytes that will be completed: one or more frames
	 */
	int send(ByteBuffer frames, Completion completion);

	/** Abort the connection without blocking. */
	void abort();

	/** Called when sending has succeeded or failed. */
	interface Completion {

		void sent();

		void failed(Throwable failure);

	}

}
