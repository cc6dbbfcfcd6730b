package io.clusterspring.channel;

/**
 * Decides who may connect, and what is known of the client from then on: Phoenix's
 * {@code connect/3} and {@code id/1}. A bean of this type is asked for every socket, on
 * whichever transport, before it opens. It is called on a thread of the web server, which
 * may wait for it.
 *
 * <p>
 * Of several beans all have to accept. They are asked in order until one refuses; a later
 * one's id, user and attributes replace those of the same name. Without any, everybody
 * may connect, and it is for {@link OnJoin} to refuse.
 */
@FunctionalInterface
public interface SocketAuthorizer {

	/**
	 * Decide about a client.
	 * @param request what the client connects with
	 * @return {@link SocketAuthorization#accept} or {@link SocketAuthorization#refuse}
	 * @throws Exception to refuse, and to have the exception logged
	 */
	SocketAuthorization authorize(SocketRequest request) throws Exception;

	/**
	 * Return an authorizer for one of several sockets; it accepts the clients of all
	 * others. A path where none is mounted is a mistake at boot.
	 * @param path the path the socket is mounted at, such as {@code /admin/socket}
	 * @param authorizer decides about those who want to connect there
	 * @return the authorizer
	 */
	static SocketAuthorizer at(String path, SocketAuthorizer authorizer) {
		return new MountedAuthorizer(path, authorizer);
	}

}
