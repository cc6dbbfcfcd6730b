package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A pool of read buffers, shared by all connections, because an idle connection needs
 * none. Thread-locals would not work: with virtual threads, every read would create a new
 * buffer. Thread-safe.
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
