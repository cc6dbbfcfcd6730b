package io.clusterspring.history;

import java.util.concurrent.ThreadLocalRandom;

import io.clusterspring.Node;

/**
 * A process that publishes.
 *
 * @param id a random number of 48 bits, new for every start
 * @param node the node that the process is or was
 */
record Origin(long id, Node node) {

	static Origin fresh(Node node) {
		return new Origin(ThreadLocalRandom.current().nextLong(1L << MessagePosition.ORIGIN_BITS), node);
	}

}
