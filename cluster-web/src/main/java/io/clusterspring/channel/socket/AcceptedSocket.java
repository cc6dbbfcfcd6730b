package io.clusterspring.channel.socket;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelRoutes;
import io.clusterspring.channel.SocketAuthorizers;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.channel.socket.SocketRight.Grant;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.SocketOrigin;

/**
 * A client that may connect, with its user, id and attributes. It holds no resources
 * until it is {@link #open opened}, which may never happen.
 */
public final class AcceptedSocket implements SocketAdmission {

	private final SocketContext context;

	private final ChannelRoutes routes;

	private final SocketSerializer serializer;

	private final Grant grant;

	private final SocketAuthorizers authorizers;

	private final List<@Nullable RevocationKey> keys;

	private final SocketOrigin origin;

	private final SocketPeer peer;

	AcceptedSocket(SocketContext context, ChannelRoutes routes, SocketSerializer serializer, Grant grant,
			SocketAuthorizers authorizers, SocketOrigin origin, SocketPeer peer) {
		this.context = context;
		this.routes = routes;
		this.serializer = serializer;
		this.grant = grant;
		this.authorizers = authorizers;
		String id = grant.identity().id();
		// here and not when it is opened: what fails now refuses the client
		this.keys = Arrays.asList((id != null) ? RevocationKey.socketId(id) : null,
				RevocationKey.ofUser(grant.identity().user()));
		this.origin = origin;
		this.peer = peer;
	}

	/**
	 * Open the session of the client, once it is connected.
	 * @param connection the connection, which must be able to send and close even before
	 * this method returns
	 * @return the session, which takes the messages of the client
	 */
	public SocketSession open(SocketConnection connection) {
		ChannelSocket socket = new ChannelSocket(this, new TappedConnection(this, connection));
		this.context.registry().add(socket, this);
		return socket;
	}

	SocketContext context() {
		return this.context;
	}

	ChannelRoutes routes() {
		return this.routes;
	}

	SocketSerializer serializer() {
		return this.serializer;
	}

	Grant grant() {
		return this.grant;
	}

	SocketAuthorizers authorizers() {
		return this.authorizers;
	}

	List<@Nullable RevocationKey> keys() {
		return this.keys;
	}

	SocketOrigin origin() {
		return this.origin;
	}

	SocketPeer peer() {
		return this.peer;
	}

}
