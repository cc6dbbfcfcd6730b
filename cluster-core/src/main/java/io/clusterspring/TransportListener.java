package io.clusterspring;

import java.nio.ByteBuffer;

/**
 * Receives the views and frames of a {@link ClusterTransport}, on the engine's threads.
 * An implementation must only enqueue, never block and never run user code.
 */
public interface TransportListener {

	/**
	 * This node is about to join the cluster, for the first time or again. Views that it
	 * had before do not hold any more, even if the next one has the same nodes.
	 */
	default void joining() {
	}

	/**
	 * A new view was installed. Views come one at a time and in order.
	 * @param view the new view, which holds this node
	 */
	default void viewChanged(ClusterView view) {
	}

	/**
	 * This node is out of the cluster: another live process has its name, or its engine
	 * has failed. Neither view nor frame follows until the transport is connected again.
	 * By default this is a change of the view.
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
