package io.clusterspring.jgroups.guard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.guard.ConnectionSecurity.TlsSettings;

/**
 * One end of a connection between nodes. Once it is connected, the other end is one of
 * ours. With TLS it is a plain socket whose streams are those of a layer above: it closes
 * at once, where an {@link SSLSocket} waits behind a writer that is stuck.
 *
 * <p>
 * Gives a handshake a limit as a whole, where TcpConnection limits each read (not
 * reported yet: docs/upstream.md#one-thread-for-all-new-connections). This stays as long
 * as there is a {@link Handshake} of our own.
 */
final class NodeSocket extends Socket {

	private final ConnectionGuard guard;

	private volatile @Nullable SSLSocket layer;

	private volatile @Nullable Long deadline;

	NodeSocket(ConnectionGuard guard) {
		this.guard = guard;
	}

	@Override
	public void connect(SocketAddress endpoint, int timeout) throws IOException {
		super.connect(endpoint, timeout);
		this.guard.opened(this);
	}

	// until endLimit, however often the other end says a little
	void limit(int millis) {
		this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
	}

	void endLimit() throws IOException {
		this.deadline = null;
		setSoTimeout(0);
	}

	SSLSession encrypt(TlsSettings settings, boolean opener) throws IOException {
		InetSocketAddress peer = (InetSocketAddress) getRemoteSocketAddress();
		SSLSocket created = (SSLSocket) settings.context()
			.getSocketFactory()
			.createSocket(this, peer.getAddress().getHostAddress(), peer.getPort(), true);
		created.setUseClientMode(opener);
		SSLParameters parameters = created.getSSLParameters();
		parameters.setProtocols(settings.protocols());
		if (settings.ciphers().length > 0) {
			parameters.setCipherSuites(settings.ciphers());
		}
		parameters.setNeedClientAuth(true);
		created.setSSLParameters(parameters);
		created.startHandshake();
		this.layer = created;
		return created.getSession();
	}

	@Override
	public InputStream getInputStream() throws IOException {
		SSLSocket above = this.layer;
		if (above != null) {
			return above.getInputStream();
		}
		return (this.deadline != null) ? new LimitedStream(super.getInputStream()) : super.getInputStream();
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		SSLSocket above = this.layer;
		return (above != null) ? above.getOutputStream() : super.getOutputStream();
	}

	/** Waits no longer than until the deadline, while there is one. */
	private final class LimitedStream extends FilterInputStream {

		LimitedStream(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			applyDeadline();
			return super.read();
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			applyDeadline();
			return super.read(bytes, offset, length);
		}

		private void applyDeadline() throws IOException {
			Long until = NodeSocket.this.deadline;
			if (until != null) {
				long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
				if (left <= 0) {
					throw new SocketTimeoutException("The handshake has taken too long");
				}
				setSoTimeout((int) left);
			}
		}

	}

}
