package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;

/**
 * A server's own way to send frames without waiting for the client.
 */
interface SocketSender {

	/**
	 * Begin to send some of the frames. Must not be called again before that is
	 * completed.
	 * @param frames whole frames as they are on the wire; not moved
	 * @param completion called once by any thread, maybe before this returns
	 * @return how many bytes are completed then, at least those of one frame
	 */
	int send(ByteBuffer frames, Completion completion);

	/**
	 * Cut the connection off, without waiting.
	 */
	void abort();

	/**
	 * Is told how sending went.
	 */
	interface Completion {

		void sent();

		void failed(Throwable failure);

	}

}
