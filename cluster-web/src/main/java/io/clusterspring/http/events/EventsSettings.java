package io.clusterspring.http.events;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The limits and times of server-sent events.
 *
 * @param path the path below which the topics are
 * @param allowedOrigins the origins whose pages may read, in addition to the server's
 * @param maxConnections the maximum number of connections of a node
 * @param bufferCapacity the maximum number of bytes that wait for a client
 * @param writeTimeout the maximum time for which they wait
 * @param heartbeat the longest silence
 * @param retry the time after which a browser connects again
 */
public record EventsSettings(String path, Collection<String> allowedOrigins, int maxConnections, int bufferCapacity,
		Duration writeTimeout, Duration heartbeat, Duration retry) {

	public EventsSettings {
		allowedOrigins = List.copyOf(allowedOrigins);
	}

}
