package io.clusterspring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the engine below does for the cluster: membership, and frames between nodes.
 * Frames are opaque here. Implementations are thread-safe.
 *
 * <p>
 * Frames from one sending thread to one destination arrive in the order they were sent,
 * each once, as long as both nodes stay in the view and the receiver takes them; there
 * are no acknowledgements to the caller and no replay.
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
	 *
	 * <p>
	 * A process whose name a member has is let in only once that member is out of the
	 * view; that it does not answer is not enough. If two come to have one name
	 * nevertheless, when a partition heals, all nodes go on with the same one of them,
	 * and the other is {@linkplain TransportListener#evicted evicted}.
	 * @param listener hears of views and frames from now on
	 * @throws NodeNameTakenException if a live node with this name is in the cluster
	 */
	void connect(TransportListener listener);

	/**
	 * Send a frame to every other node of the view. Without other nodes, or when not
	 * connected, nothing happens.
	 *
	 * <p>
	 * The caller may have to wait for nodes that take frames more slowly than they come,
	 * for a bounded time altogether (half a second unless configured otherwise); then the
	 * frame is lost for those that have not taken any. While a node takes none, only the
	 * first wait is that long: later frames are lost for it at once. A caller that is
	 * interrupted does not wait.
	 *
	 * <p>
	 * A large frame goes in pieces, between which those of other threads pass. The caller
	 * waits until all but the last pieces are with the nodes, for as long as they go on
	 * taking them: the time above begins anew whenever one has taken some.
	 * @param frame the frame, not to be changed afterwards
	 * @throws PayloadTooLargeException if it is larger than {@link #payloadLimit()}
	 * allows
	 */
	void send(byte[] frame);

	/**
	 * Send a frame to one other node. If it is not in the view, nothing happens. The
	 * caller may have to wait as in {@link #send}.
	 * @param node the receiver
	 * @param frame the frame, not to be changed afterwards
	 * @throws PayloadTooLargeException if it is larger than {@link #payloadLimit()}
	 * allows
	 */
	void sendTo(Node node, byte[] frame);

	/**
	 * Return the limit of what is sent at once.
	 * @return the limit
	 */
	PayloadLimit payloadLimit();

	/**
	 * Return how many frames were lost because a node did not take what was sent to it,
	 * each counted once for each such node.
	 * @return the number of frames since this node has connected
	 */
	default long dropped() {
		return 0;
	}

	/**
	 * Return what there is to know for those who operate the cluster.
	 * @return the details of this moment
	 */
	TransportDetails details();

	/**
	 * Measure how long a small message to another node and its answer take.
	 * @param node the node
	 * @return completes with the time, or exceptionally if the node is not in the view or
	 * does not answer within a second
	 */
	CompletableFuture<Duration> roundTrip(Node node);

	/**
	 * Return the processes that did not get in of late, or did not let this node in,
	 * because they have another cookie, say.
	 * @return the processes, empty if the engine takes everybody
	 */
	default List<RefusedPeer> refusedPeers() {
		return List.of();
	}

	/**
	 * Return where other nodes were looked for in vain the last time, and why.
	 * @return the places, empty if the engine looks nowhere
	 */
	default List<UnreachedPlace> unreached() {
		return List.of();
	}

	/**
	 * Return how often something that came from another node was not read.
	 * @param reason why not
	 * @return the number since this transport was created
	 */
	default long refusedFrames(FrameRefusal reason) {
		return 0;
	}

	/**
	 * Return how much of what the engines of other nodes have said to this one was
	 * skipped, because only a later release can read it.
	 * @return the number since this transport was created
	 */
	default long skippedFrames() {
		return 0;
	}

	/**
	 * Return how many connections did not come about for a reason.
	 * @param reason why not
	 * @return the number since this node was created
	 */
	default long refusals(RefusedPeer.Reason reason) {
		return 0;
	}

	/**
	 * Leave the cluster, so that the others see it go at once. Does nothing when not
	 * connected.
	 */
	void disconnect();

}
