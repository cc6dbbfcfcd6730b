package io.clusterspring.channel.websocket;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tests for clients that do not read, on Jetty with TLS.
 */
class JettyTlsSlowReaderIntegrationTests extends SlowReaderTestCases {

	@TempDir
	private static Path directory;

	JettyTlsSlowReaderIntegrationTests() {
		super(JettyTls.class);
	}

	@Override
	int clusterPort() {
		return 17_730;
	}

	@Override
	List<String> arguments() {
		return new TlsServer(directory).arguments();
	}

	@Override
	Socket socket() throws Exception {
		return new TlsServer(directory).socket();
	}

	@Configuration(proxyBeanMethods = false)
	static class JettyTls {

		@Bean
		JettyServletWebServerFactory webServerFactory() {
			JettyServletWebServerFactory factory = new JettyServletWebServerFactory();
			// the certificate names no host
			factory.addServerCustomizers((server) -> Stream.of(server.getConnectors())
				.map((connector) -> connector.getConnectionFactory(HttpConnectionFactory.class))
				.map((http) -> http.getHttpConfiguration().getCustomizer(SecureRequestCustomizer.class))
				.forEach((secure) -> secure.setSniHostCheck(false)));
			return factory;
		}

	}

}
