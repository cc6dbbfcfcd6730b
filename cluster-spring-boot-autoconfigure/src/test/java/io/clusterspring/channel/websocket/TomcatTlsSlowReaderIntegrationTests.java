package io.clusterspring.channel.websocket;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;

/**
 * Tests for clients that do not read, on Tomcat with TLS.
 */
class TomcatTlsSlowReaderIntegrationTests extends SlowReaderTestCases {

	@TempDir
	private static Path directory;

	TomcatTlsSlowReaderIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_720;
	}

	@Override
	List<String> arguments() {
		return new TlsServer(directory).arguments();
	}

	@Override
	Socket socket() throws Exception {
		return new TlsServer(directory).socket();
	}

}
