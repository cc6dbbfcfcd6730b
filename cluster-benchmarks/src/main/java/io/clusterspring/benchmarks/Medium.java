package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The medium over which the nodes of a measurement communicate. Messages arrive one at a
 * time, in order for each sender.
 */
interface Medium {

	/**
	 * Call the listener for each message to this node.
	 * @param first whether this is the first node, which receives messages of
	 * {@link #answer}; the others receive messages of {@link #publish}
	 * @param listener receives the messages
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
	 * @return the number of nodes, this one included
	 */
	int nodes();

	/**
	 * Return how many nodes receive messages of {@link #publish}.
	 * @return all nodes but the first, or fewer
	 */
	default int hearers() {
		return nodes() - 1;
	}

}
