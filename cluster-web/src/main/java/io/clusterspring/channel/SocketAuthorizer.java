package io.clusterspring.channel;

/**
 * Decides whether a client may connect, and sets its id, user and attributes: Phoenix's
 * {@code connect/3} and {@code id/1}. A bean of this type is called for every socket, on
 * all transports, before the socket opens. It is called on a thread of the web server and
 * may block.
 *
 * <p>
 * If there are several beans, all must accept the client. They are called in order until
 * one refuses. The id, user and attributes of a later bean replace those of an earlier
 * one. Without such a bean, every client may connect; {@link OnJoin} methods can still
 * refuse it.
 *
 * <p>
 * A client whose right {@link SocketAuthorization#until ends} can refresh it without a
 * new connection. Then the beans are called again, on a thread of the handlers, with the
 * request of the handshake and the parameters and token that the client has sent now.
 */
@FunctionalInterface
public interface SocketAuthorizer {

	/**
	 * Decide about a client.
	 * @param request the request of the client
	 * @return {@link SocketAuthorization#accept} or {@link SocketAuthorization#refuse}
	 * @throws Exception to refuse the client; the exception is logged
	 */
	SocketAuthorization authorize(SocketRequest request) throws Exception;

	/**
	 * Return an authorizer for one of several sockets; it accepts the clients of all
	 * others. The boot fails if no socket is mounted at the path.
	 * @param path the path of the socket, such as {@code /admin/socket}
	 * @param authorizer decides about the clients of that socket
	 * @return the authorizer
	 */
	static SocketAuthorizer at(String path, SocketAuthorizer authorizer) {
		return new SocketAuthorizers.Mounted(path, authorizer);
	}

}
