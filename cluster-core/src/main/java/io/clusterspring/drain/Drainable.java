package io.clusterspring.drain;

import java.util.Iterator;
import java.util.function.BooleanSupplier;

/**
 * The connections of clients to this node, of one kind. Thread-safe; no method blocks.
 */
public interface Drainable {

	/**
	 * Accept new connections, or refuse them so that clients connect to another node.
	 * @param accepting whether to accept them
	 */
	void setAccepting(boolean accepting);

	/**
	 * Return the number of connections, including those that are closing.
	 * @return the number of connections
	 */
	int size();

	/**
	 * Return a condition that becomes true when all messages that have reached this node
	 * until now are passed on to their connections.
	 * @return the condition; later messages do not delay it
	 */
	BooleanSupplier caughtUp();

	/**
	 * Return the open connections.
	 * @return an iterator that tolerates concurrent changes
	 */
	Iterator<? extends Connection> connections();

	/**
	 * A connection of a client.
	 */
	interface Connection {

		/**
		 * Close the connection after all pending messages to the client, so that the
		 * client reconnects at once. Nothing happens if it is closing.
		 */
		void drain();

		/**
		 * Close the connection now, without waiting for messages of the application.
		 */
		void close();

	}

}
