package io.clusterspring.channel.websocket;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.clusterspring.autoconfigure.Keystores;

/**
 * A web server with TLS, and sockets that connect to it.
 *
 * @param directory the directory of its key
 */
record TlsServer(Path directory) {

	List<String> arguments() {
		Stream<String> key = new Keystores(this.directory).bundle("web", "server")
			.stream()
			.filter((argument) -> argument.contains(".keystore."));
		return Stream.concat(key, Stream.of("--server.ssl.bundle=web")).toList();
	}

	Socket socket() throws Exception {
		return context().getSocketFactory().createSocket();
	}

	private static SSLContext context() throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { new TrustingAll() }, new SecureRandom());
		return context;
	}

	private static final class TrustingAll implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
