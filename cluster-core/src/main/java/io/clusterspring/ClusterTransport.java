package io.clusterspring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The seam to the engine: membership, and frames between nodes. The transport does not
 * read frames. Implementations are thread-safe.
 *
 * <p>
 * Frames from one sending thread to one destination arrive in the order they were sent,
 * each once, as long as both nodes stay in the view and the receiver takes them. The
 * caller gets no acknowledgement, and nothing is replayed.
 */
public interface ClusterTransport {

	/**
	 * Return the node of this transport.
	 * @return this node
	 */
	Node self();

	/**
	 * Join the cluster, or found it. Returns once the first view that holds this node has
	 * been handed to the listener.
	 *
	 * <p>
	 * A process with the name of a member may join only after that member has left the
	 * view. A member that does not answer still counts as a member. Two processes may
	 * still have one name when a partition heals: then all nodes keep the same one of
	 * them, and the other is {@linkplain TransportListener#evicted evicted}.
	 * @param listener receives views and frames from now on
	 * @throws NodeNameTakenException if a live node with this name is in the cluster
	 */
	void connect(TransportListener listener);

	/**
	 * Send a frame to every other node of the view. Without other nodes, or when not
	 * connected, nothing happens.
	 *
	 * <p>
	 * The caller may have to wait for slow nodes, for a bounded time in all (half a
	 * second unless configured otherwise). After that time the frame is lost for the
	 * nodes that have taken no frame meanwhile. As long as such a node takes none, later
	 * frames are lost for it at once, without a wait. A caller that is interrupted does
	 * not wait.
	 *
	 * <p>
	 * A large frame is sent in pieces; frames of other threads may pass between the
	 * pieces. The caller waits until the nodes have taken all but the last pieces. The
	 * time above starts again whenever a node has taken some.
	 * @param frame the frame, not to be changed afterwards
	 * @throws PayloadTooLargeException if it is larger than {@link #payloadLimit()}
	 * allows
	 */
	void send(byte[] frame);

	/**
	 * Send a frame to some of the other nodes of the view, as {@link #send(byte[])} does.
	 * It is not copied. Frames to all, to some and to one keep their order.
	 * @param frame the frame, not to be changed afterwards
	 * @param receivers whether to send to a node, asked once for each node
	 * @return how many nodes it is for
	 * @throws PayloadTooLargeException if it is larger than {@link #payloadLimit()}
	 * allows
	 */
	int send(byte[] frame, Predicate<? super Node> receivers);

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
	 * Return the limit for the size of payloads and frames.
	 * @return the limit
	 */
	PayloadLimit payloadLimit();

	/**
	 * Return how many frames were lost because a node did not take them. A frame counts
	 * once for each such node.
	 * @return the number of frames since this node has connected
	 */
	default long dropped() {
		return 0;
	}

	/**
	 * Return details for the operators of the cluster.
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
	 * Return the processes that were refused lately, or that refused this node, for
	 * example because they have another cookie.
	 * @return the processes, empty if the engine refuses nobody
	 */
	default List<RefusedPeer> refusedPeers() {
		return List.of();
	}

	/**
	 * Return the places where the last search found no other node, and why.
	 * @return the places, empty if the engine does not search
	 */
	default List<UnreachedPlace> unreached() {
		return List.of();
	}

	/**
	 * Return how often something that came from another node was refused.
	 * @param reason why not
	 * @return the number since this transport was created
	 */
	default long refusedFrames(FrameRefusal reason) {
		return 0;
	}

	/**
	 * Return how many frames of other nodes' engines were skipped because only a later
	 * release can read them.
	 * @return the number since this transport was created
	 */
	default long skippedFrames() {
		return 0;
	}

	/**
	 * Return how many connections were refused for a reason.
	 * @param reason why not
	 * @return the number since this node was created
	 */
	default long refusals(RefusedPeer.Reason reason) {
		return 0;
	}

	/**
	 * Return why a node is not in the view any more.
	 * @param node a node of the view before
	 * @return the reason, such as {@code suspected: its connection was closed}, or
	 * {@code null} if the engine does not know
	 */
	default @Nullable String goneBecause(Node node) {
		return null;
	}

	/**
	 * Leave the cluster. The other nodes learn of it at once. Nothing happens if it is
	 * not connected.
	 */
	void disconnect();

}
