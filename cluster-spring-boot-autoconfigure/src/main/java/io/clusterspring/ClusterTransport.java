package io.clusterspring;

/**
 * What the engine below does for the cluster: membership, and frames between nodes.
 * Frames are opaque here. Implementations are thread-safe.
 *
 * <p>
 * Frames from one sending thread to one destination arrive in the order they were sent,
 * each once, as long as both nodes stay in the view; there are no acknowledgements to the
 * caller and no replay.
 */
public interface ClusterTransport {

	/**
	 * Return the node this transport speaks for.
	 * @return this node
	 */
	Node self();

	/**
	 * Join the cluster, or found it. Returns once the first view that holds this node has
	 * been handed to the listener.
	 * @param listener hears of views and frames from now on
	 * @throws NodeNameTakenException if a live node with this name is in the cluster
	 */
	void connect(TransportListener listener);

	/**
	 * Send a frame to every other node of the view. Without other nodes, or when not
	 * connected, nothing happens.
	 * @param frame the frame, not to be changed afterwards
	 */
	void send(byte[] frame);

	/**
	 * Send a frame to one other node. If it is not in the view, nothing happens.
	 * @param node the receiver
	 * @param frame the frame, not to be changed afterwards
	 */
	void sendTo(Node node, byte[] frame);

	/**
	 * Leave the cluster, so that the others see it go at once. Does nothing when not
	 * connected.
	 */
	void disconnect();

}
