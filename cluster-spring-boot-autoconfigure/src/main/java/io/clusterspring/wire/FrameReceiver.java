package io.clusterspring.wire;

import java.nio.ByteBuffer;

import io.clusterspring.Node;

/**
 * Takes the frames of one kind.
 */
@FunctionalInterface
public interface FrameReceiver {

	/**
	 * Take a frame of another node. Frames of one node come one at a time and in order.
	 * @param sender the node
	 * @param body the frame without its header, which may be kept
	 * @throws MalformedFrameException if it is no frame of this kind; it is counted then,
	 * and the log says so now and then
	 */
	void receive(Node sender, ByteBuffer body);

	/**
	 * A frame of another node could not be read, in its turn: it is of a later version,
	 * or malformed. It was counted. A receiver that takes silence for an answer has to
	 * know that the node is not silent.
	 * @param sender the node
	 */
	default void unreadable(Node sender) {
	}

}
