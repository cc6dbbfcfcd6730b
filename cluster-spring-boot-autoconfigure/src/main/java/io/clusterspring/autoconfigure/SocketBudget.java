package io.clusterspring.autoconfigure;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The number of sockets that a process can hold, and the number of connections that its
 * web server must accept for sockets and requests together.
 *
 * @param sockets the largest number of WebSocket clients
 * @param connections the largest number of connections in all
 */
record SocketBudget(int sockets, int connections) {

	static final String TOMCAT_CONNECTIONS = "server.tomcat.max-connections";

	private static final String JETTY_CONNECTIONS = "server.jetty.max-connections";

	private static final Log logger = LogFactory.getLog(SocketBudget.class);

	/** The largest default for clients; more must be configured. */
	static final int MOST = 100_000;

	/** The connections for requests and probes: Tomcat's own default. */
	static final int REQUESTS = 8192;

	// used if the number of file descriptors is unlimited or unknown
	private static final long PLENTY = 1 << 20;

	// returns the budget of this process, and warns if it is too small
	static SocketBudget of(ChannelProperties channels, Environment environment) {
		Integer server = number(environment, TOMCAT_CONNECTIONS);
		int polls = channels.longPoll().enabled() ? channels.longPoll().maxSessions() : 0;
		long descriptors = descriptors();
		SocketBudget budget = of(descriptors, channels.maxSockets(),
				(server != null) ? server : number(environment, JETTY_CONNECTIONS), polls);
		if (!budget.fits()) {
			logger.warn("cluster.channels.max-sockets is " + budget.sockets() + ", but there is room for "
					+ budget.connections()
					+ " connections, requests included: further clients would wait without an answer. Lower it, or "
					+ "raise the file descriptors of this process (" + descriptors + ") and " + TOMCAT_CONNECTIONS
					+ ", if it is set");
		}
		return budget;
	}

	static @Nullable Integer number(Environment environment, String property) {
		return Binder.get(environment).bind(property, Integer.class).orElse(null);
	}

	/**
	 * Return the budget of a process.
	 * @param descriptors the number of file descriptors it may have
	 * @param asked the configured number of sockets, or {@code null} for as many as fit
	 * @param serverConnections the configured connections of the web server, or
	 * {@code null} if they are not configured
	 * @param polls the largest number of waiting long-poll requests
	 */
	static SocketBudget of(long descriptors, @Nullable Integer asked, @Nullable Integer serverConnections, int polls) {
		// a tenth is kept for files, the database and other nodes
		long room = Math.min(PLENTY, descriptors) * 9 / 10;
		if (serverConnections != null && serverConnections > 0) {
			room = Math.min(room, serverConnections);
		}
		long sockets = (asked != null) ? asked : Math.max(1, Math.min(MOST, room * 3 / 4));
		return new SocketBudget((int) sockets, (int) Math.min(room, sockets + polls + REQUESTS));
	}

	/**
	 * Return whether there is room for requests beside all sockets.
	 * @return {@code false} if more sockets are configured than fit
	 */
	boolean fits() {
		return this.sockets < this.connections;
	}

	private static long descriptors() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
				&& unix.getMaxFileDescriptorCount() > 0) ? unix.getMaxFileDescriptorCount() : PLENTY;
	}

}
