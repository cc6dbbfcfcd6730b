package io.clusterspring.jgroups;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * One end of a connection between nodes. Once it is connected, the other end is one of
 * ours.
 *
 * <p>
 * With TLS it is a plain socket whose streams are those of a layer above: it closes at
 * once, where an {@link SSLSocket} waits behind a writer that is stuck to say goodbye.
 * Messages carry their length, so nothing hangs on that goodbye.
 */
final class NodeSocket extends Socket {

	private final ConnectionGuard guard;

	private volatile @Nullable SSLSocket layer;

	NodeSocket(ConnectionGuard guard) {
		this.guard = guard;
	}

	@Override
	public void connect(SocketAddress endpoint, int timeout) throws IOException {
		super.connect(endpoint, timeout);
		this.guard.opened(this);
	}

	void encrypt(TlsSettings settings, boolean opener) throws IOException {
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
	}

	@Override
	public InputStream getInputStream() throws IOException {
		SSLSocket above = this.layer;
		return (above != null) ? above.getInputStream() : super.getInputStream();
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		SSLSocket above = this.layer;
		return (above != null) ? above.getOutputStream() : super.getOutputStream();
	}

}
