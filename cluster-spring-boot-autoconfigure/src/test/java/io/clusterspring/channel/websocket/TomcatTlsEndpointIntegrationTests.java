package io.clusterspring.channel.websocket;

import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.junit.jupiter.api.io.TempDir;

import io.clusterspring.autoconfigure.Keystores;

/**
 * Tests for the endpoint on Tomcat's own upgrade API where the bytes are encrypted.
 */
class TomcatTlsEndpointIntegrationTests extends ChannelEndpointTestCases {

	@TempDir
	private static Path directory;

	TomcatTlsEndpointIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_350;
	}

	@Override
	List<String> arguments() {
		Stream<String> key = new Keystores(directory).bundle("web", "server")
			.stream()
			.filter((argument) -> argument.contains(".keystore."));
		return Stream.concat(key, Stream.of("--server.ssl.bundle=web")).toList();
	}

	@Override
	String scheme() {
		return "https";
	}

	@Override
	Socket socket() throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { new TrustingAll() }, new SecureRandom());
		return context.getSocketFactory().createSocket();
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
