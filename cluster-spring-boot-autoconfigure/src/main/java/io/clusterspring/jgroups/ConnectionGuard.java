package io.clusterspring.jgroups;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;

import org.jgroups.util.DefaultSocketFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterCookie;

/**
 * Lets connections to the nodes of one cluster through, and no others: TLS if it is
 * configured, then the {@link Handshake}. Thread-safe.
 */
final class ConnectionGuard extends DefaultSocketFactory {

	/**
	 * How long a handshake may take, in milliseconds.
	 */
	static final int TIMEOUT = 2000;

	private final Handshake handshake;

	private final @Nullable Supplier<TlsSettings> tls;

	private final RefusedPeers refused;

	ConnectionGuard(@Nullable ClusterCookie cookie, String cluster, @Nullable Supplier<TlsSettings> tls,
			RefusedPeers refused) {
		this.handshake = new Handshake(cookie, cluster);
		this.tls = tls;
		this.refused = refused;
	}

	@Override
	public Socket createSocket(String service) {
		return new NodeSocket(this);
	}

	@Override
	public ServerSocket createServerSocket(String service) throws IOException {
		return new NodeServerSocket(this);
	}

	/**
	 * This node has opened a connection.
	 * @param socket the connection
	 * @throws IOException if the other end is not to be spoken to; the connection is
	 * closed then
	 */
	void opened(NodeSocket socket) throws IOException {
		InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
		try {
			greet(socket, true);
		}
		catch (IOException ex) {
			socket.close();
			IOException telling = TlsFailures.explain(ex);
			if (telling instanceof ConnectionRefusedException refusal) {
				this.refused.add(peer.getAddress().getHostAddress(), ":" + peer.getPort(), refusal);
			}
			throw telling;
		}
	}

	/**
	 * Another process has opened a connection.
	 * @param socket the connection
	 * @return whether the other end is a node of the cluster; if not, the connection is
	 * closed
	 */
	boolean admits(NodeSocket socket) {
		InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
		try {
			greet(socket, false);
			return true;
		}
		catch (IOException ex) {
			NodeServerSocket.close(socket);
			if (TlsFailures.explain(ex) instanceof ConnectionRefusedException refusal && peer != null) {
				this.refused.add(peer.getAddress().getHostAddress(), "", refusal);
			}
			return false;
		}
	}

	private void greet(NodeSocket socket, boolean opener) throws IOException {
		boolean delay = !socket.getTcpNoDelay();
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(TIMEOUT);
		Supplier<TlsSettings> settings = this.tls;
		if (settings != null) {
			socket.encrypt(settings.get(), opener);
		}
		if (opener) {
			this.handshake.open(socket.getInputStream(), socket.getOutputStream(), settings == null);
		}
		else {
			this.handshake.accept(socket.getInputStream(), socket.getOutputStream());
		}
		socket.setSoTimeout(0);
		socket.setTcpNoDelay(!delay);
	}

}
