package io.clusterspring.channel.websocket;

import java.net.Socket;

import io.clusterspring.channel.HostileClient;
import io.clusterspring.channel.HostileClientTestCases;

/**
 * Tests with hostile WebSocket clients on Jetty.
 */
class JettyHostileClientIntegrationTests extends HostileClientTestCases {

	JettyHostileClientIntegrationTests() {
		super(JettyEndpointIntegrationTests.Jetty.class);
	}

	@Override
	protected HostileClient connect(int port, String vsn) throws Exception {
		return new HostileSocket(new Socket(), port, vsn);
	}

	@Override
	protected int invalidUtf8Code() {
		return CloseCodes.INVALID_TEXT;
	}

}
