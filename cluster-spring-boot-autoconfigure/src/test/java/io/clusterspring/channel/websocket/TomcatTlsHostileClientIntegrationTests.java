package io.clusterspring.channel.websocket;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;

import io.clusterspring.channel.HostileClient;
import io.clusterspring.channel.HostileClientTestCases;

/**
 * Tests with hostile WebSocket clients on Tomcat with TLS.
 */
class TomcatTlsHostileClientIntegrationTests extends HostileClientTestCases {

	@TempDir
	private static Path directory;

	TomcatTlsHostileClientIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
	}

	@Override
	protected List<String> arguments() {
		return new TlsServer(directory).arguments();
	}

	@Override
	protected HostileClient connect(int port, String vsn) throws Exception {
		return new HostileSocket(new TlsServer(directory).socket(), port, vsn);
	}

	@Override
	protected int invalidUtf8Code() {
		return CloseCodes.INVALID_TEXT;
	}

}
