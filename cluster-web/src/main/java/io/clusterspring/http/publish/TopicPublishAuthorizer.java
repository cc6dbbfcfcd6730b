package io.clusterspring.http.publish;

import io.clusterspring.channel.SocketRequest;

/**
 * Decides whether a request may publish on a topic, see {@code cluster.http.publish}. At
 * least one bean of this type is needed: without one the boot fails. If there are several
 * beans, all must agree. It is called for every request before its body is read, on a
 * thread of the web server, and may block.
 */
@FunctionalInterface
public interface TopicPublishAuthorizer {

	/**
	 * Decide about a request.
	 * @param topic the topic
	 * @param request the request, with the user that the web server or Spring Security
	 * has authenticated
	 * @return {@code true} if it may publish; otherwise it gets status 403
	 * @throws Exception to refuse it; the exception is logged
	 */
	boolean mayPublish(String topic, SocketRequest request) throws Exception;

}
