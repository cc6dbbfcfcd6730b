package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * How the nodes of a measurement talk. Messages are heard one at a time, by sender in
 * order.
 */
interface Medium {

	/**
	 * Call the listener for each message that is for this node.
	 * @param first whether this is the first node, which hears what {@link #answer}
	 * sends; the others hear what {@link #publish} does
	 * @param listener hears it
	 */
	void listen(boolean first, Consumer<ByteBuffer> listener);

	/**
	 * Send a message to all other nodes.
	 * @param message the message, which must not change afterwards
	 */
	void publish(byte[] message);

	/**
	 * Send a message to the first node.
	 * @param message the message, which must not change afterwards
	 */
	void answer(byte[] message);

	/**
	 * Return how many nodes see each other.
	 * @return the number, with this node
	 */
	int nodes();

}
