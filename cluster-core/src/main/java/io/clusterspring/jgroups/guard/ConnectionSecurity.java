package io.clusterspring.jgroups.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TP;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterCookie;
import io.clusterspring.RefusedPeer;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.EngineMismatchException;
import io.clusterspring.jgroups.UnguardedTransportException;

/**
 * Settles which processes may be a node. Every TCP connection between nodes starts with a
 * handshake in which both ends prove that they have the cookie and name their cluster,
 * inside mutual TLS: with the certificates of an SSL bundle, or with those that nodes
 * with a cookie make for themselves. A connection that does not pass never reaches the
 * engine. With neither cookie nor bundle the handshake keeps out other clusters and
 * garbage, but nobody who wants to get in.
 */
public final class ConnectionSecurity {

	/** How long the handshake of a connection may take, in milliseconds. */
	public static final int TIMEOUT = 2000;

	private static final Log logger = LogFactory.getLog(ConnectionSecurity.class);

	// of Erlang's own cookies, which are random letters
	private static final int LONG_ENOUGH = 20;

	private final @Nullable ClusterCookie cookie;

	private final @Nullable Supplier<TlsSettings> tls;

	private final boolean bundle;

	private final SpokenVersions versions;

	private final RefusedPeers refused = new RefusedPeers();

	/**
	 * Create the security of one node.
	 * @param cookie the secret of the cluster, if it has one
	 * @param tls the settings for the next connection, if nodes have certificates;
	 * without them a node that has a cookie makes a certificate of its own
	 */
	public ConnectionSecurity(@Nullable ClusterCookie cookie, @Nullable Supplier<TlsSettings> tls) {
		this(cookie, tls, SpokenVersions.own());
	}

	ConnectionSecurity(@Nullable ClusterCookie cookie, @Nullable Supplier<TlsSettings> tls, SpokenVersions versions) {
		this.versions = versions;
		this.cookie = cookie;
		this.bundle = tls != null;
		this.tls = (tls != null || cookie == null) ? tls : new CookieTls();
	}

	public List<RefusedPeer> refused() {
		return this.refused.nodes();
	}

	public long refusals(RefusedPeer.Reason reason) {
		return this.refused.count(reason);
	}

	public void applyTo(JChannel channel, String cluster, List<InetAddress> found, EngineFailures failures) {
		TP transport = channel.getProtocolStack().getTransport();
		transport.getDiagnosticsHandler().setEnabled(false);
		String unguarded = unguarded(transport);
		if (unguarded == null) {
			transport.setSocketFactory(new ConnectionGuard(new Preface(this.cookie != null, this.bundle),
					new Handshake(this.cookie, cluster, this.versions), this.tls, () -> advertised(transport, found),
					this.refused, failures));
		}
		else if (!isOpen()) {
			throw new UnguardedTransportException(unguarded);
		}
		if (!isOpen() && channel.getProtocolStack().findProtocol(FD_SOCK2.class) != null) {
			logger.warn("FD_SOCK2 of the JGroups XML listens on a port of its own, which neither cluster.cookie nor "
					+ "cluster.ssl.bundle guards: keep it from strangers, or leave it out");
		}
		Stream.of(risk(cluster, transport.getBindAddress()), guessable(), this.versions.warning())
			.filter(Objects::nonNull)
			.forEach(logger::warn);
	}

	private static List<InetSocketAddress> advertised(TP transport, List<InetAddress> found) {
		if (!(transport.getValue("external_addr") instanceof InetAddress told)) {
			return List.of();
		}
		int port = (transport.getValue("external_port") instanceof Integer external) ? external : 0;
		return Stream.concat(Stream.of(told), found.stream()).map((host) -> new InetSocketAddress(host, port)).toList();
	}

	@Nullable String guessable() {
		if (this.cookie == null || this.cookie.bytes().length >= LONG_ENOUGH) {
			return null;
		}
		return "cluster.cookie is short: a process that a node connects to by mistake can try out what it may be. "
				+ "Have " + LONG_ENOUGH + " random characters or more, for example from: openssl rand -hex 32";
	}

	// -1 if it does not listen
	public static int port(TP transport) {
		return (transport.getSocketFactory() instanceof ConnectionGuard guard) ? guard.port() : -1;
	}

	// a process has said it is a node, and is about to prove it: the first TLS handshake
	// of a JVM takes long, more so on a busy machine
	public static boolean isProving(TP transport) {
		return transport.getSocketFactory() instanceof ConnectionGuard guard && guard.isProving();
	}

	public static EngineMismatchException mismatch(LinkageError cause) {
		return EngineFailures.mismatch(SpokenVersions.BUILT_FOR, cause);
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

	/**
	 * How connections between nodes are encrypted, always with a certificate at both
	 * ends.
	 *
	 * @param context has the certificate of this node, and knows whom to trust
	 * @param protocols the versions that may be used, such as {@code TLSv1.3}
	 * @param ciphers the cipher suites that may be used; empty for those of the JVM
	 * @param certificates the certificate of this node, and those that it was signed
	 * with; empty if they are of no matter
	 */
	public record TlsSettings(SSLContext context, String[] protocols, String[] ciphers,
			List<X509Certificate> certificates) {

		/**
		 * Return what is to be said of the certificates now, to those who operate the
		 * node.
		 * @return that one has expired, is not valid yet or expires within 14 days;
		 * {@code null} if there is nothing to say
		 */
		public @Nullable String warning() {
			return CertificateValidity.now(this.certificates).warning();
		}

	}

}
