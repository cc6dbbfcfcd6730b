package io.clusterspring.channel;

import java.security.Principal;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketSerializer;

/**
 * A client that may connect, with its user, id and attributes. It holds no resources
 * until it is {@link #open opened}, which may never happen.
 */
public final class AcceptedSocket implements SocketAdmission {

	private final ChannelServer server;

	private final ChannelRoutes routes;

	private final SocketSerializer serializer;

	private final @Nullable Principal user;

	private final @Nullable String id;

	private final Map<String, Object> attributes;

	AcceptedSocket(ChannelServer server, ChannelRoutes routes, SocketSerializer serializer, SocketRequest request,
			SocketAuthorization authorization) {
		this.server = server;
		this.routes = routes;
		this.serializer = serializer;
		this.user = (authorization.user() != null) ? authorization.user() : request.user();
		this.id = authorization.id();
		this.attributes = authorization.attributes();
	}

	/**
	 * Open the session of the client, once it is connected.
	 * @param connection the connection, which must be able to send and close even before
	 * this method returns
	 * @return the session, which takes the messages of the client
	 */
	public SocketSession open(SocketConnection connection) {
		ChannelSocket socket = new ChannelSocket(this, connection);
		this.server.sockets().add(socket);
		return socket;
	}

	ChannelServer server() {
		return this.server;
	}

	ChannelRoutes routes() {
		return this.routes;
	}

	SocketSerializer serializer() {
		return this.serializer;
	}

	@Nullable Principal user() {
		return this.user;
	}

	@Nullable String id() {
		return this.id;
	}

	Map<String, Object> attributes() {
		return this.attributes;
	}

}
