package io.clusterspring.channel.websocket;

import java.net.Socket;

import io.clusterspring.channel.HostileClient;
import io.clusterspring.channel.HostileClientTestCases;

/**
 * Tests with hostile WebSocket clients on Tomcat.
 */
class TomcatHostileClientIntegrationTests extends HostileClientTestCases {

	TomcatHostileClientIntegrationTests() {
		super(TomcatEndpointIntegrationTests.Tomcat.class);
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
