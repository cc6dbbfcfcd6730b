package io.clusterspring.jgroups.guard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import javax.net.ssl.SSLSession;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.util.DefaultSocketFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.HostAndPort;
import io.clusterspring.jgroups.guard.ConnectionSecurity.TlsSettings;
import io.clusterspring.mailbox.CountedWarning;

/**
 * Lets connections to the nodes of one cluster through, and no others: the
 * {@link Preface}, TLS if both ends have it, then the {@link Handshake}. Thread-safe.
 *
 * <p>
 * This is an extension point of JGroups, its factory of sockets, and replaces nothing.
 */
final class ConnectionGuard extends DefaultSocketFactory {

	private static final Log logger = LogFactory.getLog(ConnectionGuard.class);

	private final Preface preface;

	private final Handshake handshake;

	private final @Nullable Supplier<TlsSettings> tls;

	private final Supplier<List<InetSocketAddress>> advertised;

	private final RefusedPeers refused;

	private final EngineFailures failures;

	private final HandshakeBudget budget = new HandshakeBudget();

	private final CountedWarning floods = new CountedWarning(logger);

	private final AtomicInteger proving = new AtomicInteger();

	private volatile @Nullable ServerSocket server;

	// advertised says where this node is to be found besides where it listens; port 0
	// stands for the port it listens on
	ConnectionGuard(Preface preface, Handshake handshake, @Nullable Supplier<TlsSettings> tls,
			Supplier<List<InetSocketAddress>> advertised, RefusedPeers refused, EngineFailures failures) {
		this.preface = preface;
		this.handshake = handshake;
		this.tls = tls;
		this.advertised = advertised;
		this.refused = refused;
		this.failures = failures;
	}

	@Override
	public Socket createSocket(String service) {
		return new NodeSocket(this);
	}

	@Override
	public ServerSocket createServerSocket(String service) throws IOException {
		ServerSocket created = new NodeServerSocket(this, this.failures);
		this.server = created;
		return created;
	}

	int port() {
		ServerSocket listening = this.server;
		return (listening != null) ? listening.getLocalPort() : -1;
	}

	boolean isProving() {
		return this.proving.get() > 0;
	}

	// this node has opened a connection, which is closed if this throws
	void opened(NodeSocket socket) throws IOException {
		InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
		try {
			greet(socket, peer, true);
		}
		catch (IOException ex) {
			socket.close();
			if (ex instanceof ConnectionRefusedException refusal) {
				this.refused.add(HostAndPort.bracketed(HostAndPort.host(peer.getAddress())), ":" + peer.getPort(),
						refusal);
			}
			throw (ex instanceof SocketTimeoutException silence) ? new ContactFailure.SilentPeerException(silence) : ex;
		}
	}

	// another process has opened a connection, which is closed if it is no node of the
	// cluster
	boolean admits(NodeSocket socket) {
		InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
		try {
			if (peer == null) {
				throw new SocketException("Socket closed");
			}
			greet(socket, peer, false);
			return true;
		}
		catch (IOException ex) {
			NodeServerSocket.close(socket);
			if (ex instanceof ConnectionRefusedException refusal && peer != null) {
				this.refused.add(HostAndPort.host(peer.getAddress()), "", refusal);
			}
			return false;
		}
	}

	private void greet(NodeSocket socket, InetSocketAddress peer, boolean opener) throws IOException {
		boolean delay = !socket.getTcpNoDelay();
		socket.setTcpNoDelay(true);
		socket.limit(ConnectionSecurity.TIMEOUT);
		this.preface.exchange(socket.getInputStream(), socket.getOutputStream());
		this.proving.incrementAndGet();
		try {
			prove(socket, peer, opener);
		}
		catch (IOException ex) {
			List<X509Certificate> own = (this.tls != null) ? this.tls.get().certificates() : List.of();
			throw TlsFailures.explain(ex, CertificateValidity.now(own));
		}
		finally {
			this.proving.decrementAndGet();
		}
		socket.endLimit();
		socket.setTcpNoDelay(!delay);
	}

	private void prove(NodeSocket socket, InetSocketAddress peer, boolean opener) throws IOException {
		Supplier<TlsSettings> settings = this.tls;
		if (settings == null) {
			prove(socket, peer, opener, Certificates.NONE);
		}
		else {
			if (!opener) {
				awaitBudget(peer.getAddress().getHostAddress());
			}
			SSLSession session = socket.encrypt(settings.get(), opener);
			prove(socket, peer, opener, Certificates.of(session, opener));
			// no connection is made from what is left of an earlier one
			session.invalidate();
		}
	}

	private void prove(NodeSocket socket, InetSocketAddress peer, boolean opener, Certificates seen)
			throws IOException {
		if (opener) {
			this.handshake.open(socket.getInputStream(), socket.getOutputStream(), seen, peer);
		}
		else {
			this.handshake.accept(socket.getInputStream(), socket.getOutputStream(), seen,
					(sought) -> isFoundAt(sought, (InetSocketAddress) socket.getLocalSocketAddress()));
		}
	}

	private boolean isFoundAt(InetSocketAddress sought, InetSocketAddress local) {
		if (this.tls == null || sought.equals(local)) {
			return true;
		}
		return this.advertised.get()
			.stream()
			.anyMatch((given) -> sought.getAddress().equals(given.getAddress())
					&& sought.getPort() == ((given.getPort() != 0) ? given.getPort() : local.getPort()));
	}

	private void awaitBudget(String host) throws IOException {
		long nanos = this.budget.reserve(host, System.nanoTime());
		if (nanos < 0) {
			this.floods.add((count) -> "Too many connections from " + host + " or in all: " + count
					+ " were hung up on before TLS so far. If these are not nodes, keep them from the port");
			throw new SocketException("Too many TLS handshakes");
		}
		try {
			TimeUnit.NANOSECONDS.sleep(nanos);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SocketException("Interrupted");
		}
	}

	/**
	 * How many TLS handshakes strangers can make a node begin: each costs it up to a
	 * millisecond of CPU and the stranger next to nothing. Up to a number they begin at
	 * once, then at a rate, of each host and in all; those that would have to wait too
	 * long are refused. Thread-safe.
	 */
	static final class HandshakeBudget {

		private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

		private static final int MOST_HOSTS = 1024;

		private static final Rate OF_A_HOST = new Rate(50, 100);

		private static final Rate IN_ALL = new Rate(250, 250);

		private final Map<String, Long> hosts = new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
				return size() > MOST_HOSTS;
			}

		};

		private long all = Long.MIN_VALUE;

		// in how many nanoseconds one may begin, negative if it may not
		synchronized long reserve(String host, long now) {
			long ofHost = OF_A_HOST.next(this.hosts.getOrDefault(host, now), now);
			long inAll = IN_ALL.next((this.all != Long.MIN_VALUE) ? this.all : now, now);
			long wait = Math.max(0, Math.max(OF_A_HOST.wait(ofHost, now), IN_ALL.wait(inAll, now)));
			if (wait > SECOND) {
				return -1;
			}
			this.hosts.put(host, ofHost);
			this.all = inAll;
			return wait;
		}

		// a rate with a burst (the "generic cell rate algorithm"): what is kept is the
		// time
		// at
		// which all that was granted has been paid for
		private record Rate(int perSecond, int burst) {

			long next(long paid, long now) {
				return ((paid - now > 0) ? paid : now) + SECOND / this.perSecond;
			}

			long wait(long next, long now) {
				return next - now - this.burst * (SECOND / this.perSecond);
			}

		}

	}

}
