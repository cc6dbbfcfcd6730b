package io.clusterspring.channel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.clusterspring.text.LogText;

/**
 * Names each origin whose pages were refused once in the log, and what would let them in.
 * A client can claim any origin, so only so many are named. Thread-safe.
 */
final class RefusedOrigins {

	private static final Log logger = LogFactory.getLog(RefusedOrigins.class);

	private static final int MOST = 100;

	private final Set<String> named = ConcurrentHashMap.newKeySet();

	void add(String origin) {
		String shown = LogText.of(origin);
		if (this.named.size() < MOST && this.named.add(shown)) {
			logger.warn("Refused a page of origin '" + shown + "': " + advice(origin)
					+ ((this.named.size() == MOST) ? ". Further origins are counted, not named" : ""));
		}
	}

	private static String advice(String origin) {
		return origin.equals("null")
				? "it has no origin of its own, such as a page from a file or in a sandbox, and only * in "
						+ "cluster.channels.allowed-origins lets it in"
				: "it is neither the server's own nor in cluster.channels.allowed-origins. Add it there; if it is the "
						+ "server's own behind a proxy, set server.forward-headers-strategy";
	}

}
