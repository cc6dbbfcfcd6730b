package io.clusterspring;

import java.nio.ByteBuffer;

/**
 * Hears what a {@link ClusterTransport} has to say, on the engine's threads: an
 * implementation must only enqueue, never block and never run user code.
 */
public interface TransportListener {

	/**
	 * A new view was installed. Views come one at a time and in order.
	 * @param view the new view, which holds this node
	 */
	default void viewChanged(ClusterView view) {
	}

	/**
	 * The cluster goes on without this node: another live process has its name, or it has
	 * left because its engine has failed. Neither view nor frame follows until the
	 * transport is connected anew. Unless overridden, the node just is alone.
	 * @param alone the view from now on, which holds this node only
	 */
	default void evicted(ClusterView alone) {
		viewChanged(alone);
	}

	/**
	 * A frame arrived. Frames of one sender come one at a time and in order.
	 * @param sender the node that sent it
	 * @param frame the frame, which the receiver may keep
	 */
	default void frameReceived(Node sender, ByteBuffer frame) {
	}

}
