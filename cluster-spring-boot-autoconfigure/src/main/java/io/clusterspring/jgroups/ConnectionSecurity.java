package io.clusterspring.jgroups;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TP;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterCookie;
import io.clusterspring.RefusedPeer;

/**
 * Who may be a node. Every TCP connection between nodes starts with a handshake in which
 * both ends prove that they have the cookie, inside mutual TLS if there is any, and name
 * their cluster; what does not pass never reaches the engine. With neither cookie nor TLS
 * the handshake keeps out other clusters and garbage, but nobody who wants to get in.
 */
public final class ConnectionSecurity {

	private static final Log logger = LogFactory.getLog(ConnectionSecurity.class);

	private final @Nullable ClusterCookie cookie;

	private final @Nullable Supplier<TlsSettings> tls;

	private final RefusedPeers refused = new RefusedPeers();

	/**
	 * Create the security of one node.
	 * @param cookie the secret of the cluster, if it has one
	 * @param tls the settings for the next connection, if connections are to be encrypted
	 */
	public ConnectionSecurity(@Nullable ClusterCookie cookie, @Nullable Supplier<TlsSettings> tls) {
		this.cookie = cookie;
		this.tls = tls;
	}

	List<RefusedPeer> refused() {
		return this.refused.nodes();
	}

	void applyTo(JChannel channel, String cluster) {
		TP transport = channel.getProtocolStack().getTransport();
		transport.getDiagnosticsHandler().setEnabled(false);
		String unguarded = unguarded(transport);
		if (unguarded == null) {
			transport.setSocketFactory(new ConnectionGuard(this.cookie, cluster, this.tls, this.refused));
		}
		else if (!isOpen()) {
			throw new UnguardedTransportException(unguarded);
		}
		if (!isOpen() && channel.getProtocolStack().findProtocol(FD_SOCK2.class) != null) {
			logger.warn("FD_SOCK2 of the JGroups XML listens on a port of its own, which neither cluster.cookie nor "
					+ "cluster.ssl.bundle guards: keep it from strangers, or leave it out");
		}
		String risk = risk(cluster, transport.getBindAddress());
		if (risk != null) {
			logger.warn(risk);
		}
	}

	private static @Nullable String unguarded(TP transport) {
		if (!(transport instanceof TCP tcp)) {
			return transport.getName();
		}
		return (tcp.tls().enabled()) ? "TCP with TLS of its own" : null;
	}

	@Nullable String risk(String cluster, @Nullable InetAddress host) {
		if (!isOpen() || host == null || host.isLoopbackAddress()) {
			return null;
		}
		return "Whoever reaches " + host.getHostAddress() + " can join cluster '" + cluster
				+ "', and its traffic is not encrypted: set cluster.cookie or cluster.ssl.bundle, "
				+ "or keep it on a network you trust";
	}

	private boolean isOpen() {
		return this.cookie == null && this.tls == null;
	}

}
