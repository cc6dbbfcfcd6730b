package io.clusterspring.http.events;

import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketRequest;

/**
 * Decides whether a client may read the events of a topic, see
 * {@code cluster.http.events}. At least one bean of this type is needed: without one the
 * boot fails. If there are several beans, all must accept the client. It is called for
 * every connection, on a thread of the web server, and may block.
 *
 * <p>
 * A browser connects again by itself when its connection ends, and the beans are asked
 * again.
 */
@FunctionalInterface
public interface TopicEventsAuthorizer {

	/**
	 * Decide about a client.
	 * @param topic the topic
	 * @param request the request, with the user that the web server or Spring Security
	 * has authenticated
	 * @return {@link SocketAuthorization#accept} or {@link SocketAuthorization#refuse}.
	 * An id, a user and a moment count as those of sockets; attributes do not
	 * @throws Exception to refuse the client; the exception is logged
	 */
	SocketAuthorization authorize(String topic, SocketRequest request) throws Exception;

}
