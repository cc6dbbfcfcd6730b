package io.clusterspring.channel.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.text.LogText;

/**
 * Logs each refused origin once, with the setting that would allow it. A client can send
 * any origin, so the number of logged origins is limited. Thread-safe.
 */
final class RefusedOrigins {

	private static final Log logger = LogFactory.getLog(RefusedOrigins.class);

	private static final int MAX_LOGGED = 100;

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	void add(String origin) {
		String shown = LogText.of(origin);
		if (this.logged.size() < MAX_LOGGED && this.logged.add(shown)) {
			logger.warn("Refused a page of origin '" + shown + "': " + advice(origin)
					+ ((this.logged.size() == MAX_LOGGED) ? ". Further origins are counted, not logged" : ""));
		}
	}

	private static String advice(String origin) {
		return origin.equals("null")
				? "a page from a file or in a sandbox has no origin. Only * in "
						+ "cluster.channels.allowed-origins allows it"
				: "it is neither the origin of the server nor in cluster.channels.allowed-origins. Add it there; if it "
						+ "is the origin of the server behind a proxy, set server.forward-headers-strategy";
	}

}
