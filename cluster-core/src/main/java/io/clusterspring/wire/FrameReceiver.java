package io.clusterspring.wire;

import java.nio.ByteBuffer;

import io.clusterspring.Node;

/**
 * Receives the frames of one kind.
 */
@FunctionalInterface
public interface FrameReceiver {

	/**
	 * Receive a frame of another node. Frames of one node come one at a time and in
	 * order.
	 * @param body the frame without its header, which may be kept
	 * @throws MalformedFrameException if the frame cannot be read; it is then counted,
	 * and logged now and then
	 */
	void receive(Node sender, ByteBuffer body);

	/**
	 * A frame of another node could not be read, because it is malformed or of a later
	 * version. The call comes in the order of the frames. A receiver that waits for a
	 * node to be silent needs it, because such a node is not silent.
	 */
	default void unreadable(Node sender) {
	}

	/**
	 * A frame of another node was dropped, because too much waits for this receiver. The
	 * call comes at once, on a thread of the engine: it must only enqueue.
	 */
	default void dropped(Node sender) {
	}

}
