package io.clusterspring.drain;

import java.util.Iterator;
import java.util.function.BooleanSupplier;

/**
 * Connections of clients to this node, of one kind. Methods may be called by any thread;
 * none of them blocks.
 */
public interface Drainable {

	/**
	 * Take new connections, or refuse them so that the client tries another node.
	 * @param accepting whether to take them
	 */
	void setAccepting(boolean accepting);

	/**
	 * Return how many connections are not gone yet, those that are being closed included.
	 * @return the number of connections
	 */
	int size();

	/**
	 * Return something that tells when what was published before now, and has come to
	 * this node, is on its way to each connection.
	 * @return a condition that becomes true, whatever is published later
	 */
	BooleanSupplier caughtUp();

	/**
	 * Return the connections that are open.
	 * @return an iterator that bears connections coming and going
	 */
	Iterator<? extends Connection> connections();

	/**
	 * A connection of a client.
	 */
	interface Connection {

		/**
		 * Close the connection so that the client comes back at once, after all that is
		 * on its way to the client. Does nothing if it is being closed.
		 */
		void drain();

		/**
		 * Close the connection now, whatever the application still has to say.
		 */
		void close();

	}

}
