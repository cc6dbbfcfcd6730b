package io.clusterspring.channel.socket;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketRequest;
import io.clusterspring.text.LogText;

/**
 * Where the client of a socket is, for operators.
 *
 * @param transport the name of the transport
 * @param host the address of the client, {@code null} if it is not known
 * @param port its port
 * @param since when it was accepted, by {@link System#nanoTime()}
 */
record SocketPeer(String transport, @Nullable String host, int port, long since) {

	static SocketPeer of(SocketRequest request) {
		InetSocketAddress address = request.remoteAddress();
		return new SocketPeer(request.transport(), (address != null) ? LogText.of(address.getHostString()) : null,
				(address != null) ? address.getPort() : 0, System.nanoTime());
	}

	@Nullable String address() {
		String known = this.host;
		if (known == null) {
			return null;
		}
		return (known.contains(":") ? "[" + known + "]" : known) + ":" + this.port;
	}

	/** Return whether the client has an address, given with or without its port. */
	boolean isAt(String address) {
		return address.equals(this.host) || address.equals(address());
	}

}
