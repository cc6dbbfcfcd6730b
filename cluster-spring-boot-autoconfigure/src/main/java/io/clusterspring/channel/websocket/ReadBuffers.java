package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers to read into, shared by all connections, because an idle one needs none. Not
 * thread-locals: with virtual threads every read would bring a new one.
 */
final class ReadBuffers {

	private static final int SIZE = 16 * 1024;

	private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(64);

	ByteBuffer take() {
		ByteBuffer buffer = this.free.poll();
		return (buffer != null) ? buffer.clear() : ByteBuffer.allocate(SIZE);
	}

	void giveBack(ByteBuffer buffer) {
		this.free.offer(buffer);
	}

}
