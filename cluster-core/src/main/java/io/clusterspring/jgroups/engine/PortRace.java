package io.clusterspring.jgroups.engine;

import java.net.BindException;

/**
 * Starts to listen on one of some ports, also if another process takes a port at the same
 * moment. Java's socket can lose a port between {@code bind} and {@code listen}; it says
 * "Already bound" then to each other port, and JGroups finds none
 * (docs/upstream.md#a-port-that-is-lost-in-a-race). A new socket finds the next one.
 */
final class PortRace {

	/** Each race is lost to a process that listens then, so there are not many. */
	private static final int MOST = 10;

	private PortRace() {
	}

	/**
	 * Start to listen.
	 * @param start begins with a new socket
	 * @throws BindException if there is no port
	 */
	static void run(Start start) throws Exception {
		for (int lost = 1;; lost++) {
			try {
				start.run();
				return;
			}
			catch (BindException ex) {
				if (lost == MOST) {
					throw ex;
				}
			}
		}
	}

	/** Starts to listen. */
	@FunctionalInterface
	interface Start {

		void run() throws Exception;

	}

}
