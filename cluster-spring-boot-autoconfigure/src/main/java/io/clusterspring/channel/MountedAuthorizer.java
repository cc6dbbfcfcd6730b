package io.clusterspring.channel;

/**
 * An authorizer for one of the sockets.
 *
 * @param path the path of the socket
 * @param authorizer decides about those who want to connect there
 */
record MountedAuthorizer(String path, SocketAuthorizer authorizer) implements SocketAuthorizer {

	@Override
	public SocketAuthorization authorize(SocketRequest request) throws Exception {
		return request.path().equals(this.path) ? this.authorizer.authorize(request) : SocketAuthorization.accept();
	}

}
