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

}
