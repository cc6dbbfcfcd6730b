package io.clusterspring.autoconfigure;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * How many sockets fit into a process, and how many connections its web server has to
 * take so that requests are served beside them.
 *
 * @param sockets how many WebSocket clients may be connected
 * @param connections how many connections there may be in all
 */
record SocketBudget(int sockets, int connections) {

	/** More clients than this on a node have to be asked for. */
	static final int MOST = 100_000;

	/** For requests and probes, as many as Tomcat takes by default. */
	static final int REQUESTS = 8192;

	// for a process that may open as many files as it likes, or does not know
	private static final long PLENTY = 1 << 20;

	/**
	 * Return the budget of a process.
	 * @param descriptors how many file descriptors it may have
	 * @param asked how many sockets are asked for, or {@code null} for as many as fit
	 * @param serverConnections how many connections the web server is told to take, or
	 * {@code null} if it may be told
	 * @param polls how many requests may wait in long polls
	 * @return the budget
	 */
	static SocketBudget of(long descriptors, @Nullable Integer asked, @Nullable Integer serverConnections, int polls) {
		// a tenth is for files, the database, other nodes
		long room = Math.min(PLENTY, descriptors) * 9 / 10;
		if (serverConnections != null && serverConnections > 0) {
			room = Math.min(room, serverConnections);
		}
		long sockets = (asked != null) ? asked : Math.max(1, Math.min(MOST, room * 3 / 4));
		return new SocketBudget((int) sockets, (int) Math.min(room, sockets + polls + REQUESTS));
	}

	/**
	 * Return whether there is room for requests beside all sockets.
	 * @return {@code false} if more sockets are asked for than fit
	 */
	boolean fits() {
		return this.sockets < this.connections;
	}

	/**
	 * Return how many file descriptors this process may have.
	 * @return the number, very large where it is not known
	 */
	static long descriptors() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
				&& unix.getMaxFileDescriptorCount() > 0) ? unix.getMaxFileDescriptorCount() : PLENTY;
	}

}
