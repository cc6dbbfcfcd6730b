package io.clusterspring.jgroups.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.EngineFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The threads that take connections tell of the Error that they meet.
 */
class AcceptFailuresTests {

	private static final Preface WITH_TLS = new Preface(false, true);

	private final EngineFailures failures = new EngineFailures();

	@Test
	void threadThatTakesConnectionsWhichClosesThePort() throws Exception {
		try (ServerSocket server = listen()) {
			CountDownLatch accepting = new CountDownLatch(1);
			Thread engine = new Thread(() -> {
				try {
					accepting.countDown();
					server.accept();
				}
				catch (IOException ex) {
					fail();
				}
			});
			engine.start();
			assertThat(accepting.await(20, TimeUnit.SECONDS)).isTrue();
			// what the engine does with a connection is what fails there
			engine.interrupt();
			told("accept");
			await().until(server::isClosed);
		}
	}

	@Test
	void connectionThatCannotBeTakenForAnErrorEndsNothing() throws Exception {
		try (ServerSocket server = listen()) {
			Thread engine = new Thread(() -> {
				try {
					server.accept();
				}
				catch (IOException ex) {
					// the test is over
				}
			});
			engine.start();
			for (int i = 0; i < 3; i++) {
				try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
					WITH_TLS.exchange(socket.getInputStream(), socket.getOutputStream());
					assertThat(socket.getInputStream().read()).isEqualTo(-1);
				}
				told("accept");
				this.failures.clear();
			}
			assertThat(server.isClosed()).isFalse();
			engine.interrupt();
		}
	}

	@Test
	void portIsFreeOnceThisNodeHasClosedIt() throws Exception {
		int port = 0;
		for (int i = 0; i < 300; i++) {
			ServerSocket server = listen(port);
			port = server.getLocalPort();
			CountDownLatch accepting = new CountDownLatch(1);
			Thread engine = new Thread(() -> {
				try {
					accepting.countDown();
					server.accept();
				}
				catch (IOException ex) {
					// it is closed
				}
			});
			engine.start();
			assertThat(accepting.await(20, TimeUnit.SECONDS)).isTrue();
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				assertThat(socket.isConnected()).isTrue();
				server.close();
			}
		}
	}

	private ServerSocket listen() throws IOException {
		return listen(0);
	}

	private ServerSocket listen(int port) throws IOException {
		ConnectionGuard failing = new ConnectionGuard(WITH_TLS, new Handshake(null, "test", SpokenVersions.own()),
				() -> {
					throw new InternalError("test");
				}, () -> null, new RefusedPeers(), this.failures);
		ServerSocket server = failing.createServerSocket("test");
		server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		return server;
	}

	private void told(String work) {
		await().dontCatchUncaughtExceptions()
			.untilAsserted(
					() -> assertThat(this.failures.failures()).containsEntry(work, "java.lang.InternalError: test"));
	}

	private static void fail() {
		throw new InternalError("test");
	}

}
