package io.clusterspring.channel.websocket;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;

/**
 * Tests for the endpoint on Tomcat's own upgrade API with TLS.
 */
class TomcatTlsEndpointIntegrationTests extends ChannelEndpointTestCases {

	@TempDir
	private static Path directory;

	TomcatTlsEndpointIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	int clusterPort() {
		return 17_360;
	}

	@Override
	List<String> arguments() {
		return new TlsServer(directory).arguments();
	}

	@Override
	String scheme() {
		return "https";
	}

	@Override
	Socket socket() throws Exception {
		return new TlsServer(directory).socket();
	}

}
