package io.clusterspring.jgroups.guard;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.ClusterCookie;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.guard.ConnectionSecurity.TlsSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionGuard} and its sockets, without the engine.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionGuardIntegrationTests {

	private static final InetAddress HOST = InetAddress.getLoopbackAddress();

	private final CookieTls tls = new CookieTls();

	private final ConnectionGuard guard = guard(this.tls);

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
	}

	@Test
	void bothEndsHearWhatTheOtherSays() throws Exception {
		ServerSocket server = listen(this.guard);
		CompletableFuture<Socket> accepted = accept(server);
		Socket opened = connect(guard(new CookieTls()), server.getLocalPort());
		says(opened, accepted.join());
		says(accepted.join(), opened);
		assertThat(opened.getSoTimeout()).isZero();
		assertThat(accepted.join().getSoTimeout()).isZero();
	}

	@Test
	void noConnectionIsMadeFromWhatIsLeftOfAnother() throws Exception {
		ServerSocket server = listen(guard(new CookieTls()));
		for (int i = 0; i < 3; i++) {
			CompletableFuture<Socket> accepted = accept(server);
			Socket opened = connect(this.guard, server.getLocalPort());
			says(accepted.join(), opened);
		}
		SSLContext context = this.tls.get().context();
		assertThat(Collections.list(context.getClientSessionContext().getIds())).isEmpty();
	}

	@Test
	void listenerThatSaysLittleAtATimeIsGivenUp() throws Exception {
		ServerSocket slow = new ServerSocket(0, 1, HOST);
		this.open.add(slow);
		CompletableFuture.runAsync(() -> trickle(slow));
		long start = System.nanoTime();
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> connect(this.guard, slow.getLocalPort()));
		assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
			.isBetween((long) ConnectionSecurity.TIMEOUT - 100, 4L * ConnectionSecurity.TIMEOUT);
	}

	@Test
	void acceptorEndsWhenThePortIsClosed() throws Exception {
		ServerSocket server = listen(this.guard);
		CompletableFuture<Socket> accepted = accept(server);
		Socket stranger = stranger(server.getLocalPort());
		server.close();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(accepted::join)
			.withCauseInstanceOf(SocketException.class);
		assertThat(hearsNothing(stranger)).isTrue();
		assertThatExceptionOfType(SocketException.class).as("however often it is asked").isThrownBy(server::accept);
	}

	@Test
	void errorOfAHandshakeIsToldAndTheNextOneIsServed(CapturedOutput output) throws Exception {
		TroubledTls troubled = new TroubledTls();
		ServerSocket server = listen(guard(troubled));
		CompletableFuture<Socket> accepted = accept(server);
		assertThatIOException().isThrownBy(() -> connect(this.guard, server.getLocalPort()));
		Socket opened = connect(this.guard, server.getLocalPort());
		says(opened, accepted.join());
		assertThat(output).contains("'accept' of the engine has failed 1 time(s)", "NoClassDefFoundError");
	}

	@Test
	void errorThatEndsTheThreadOfTheEngineIsToldAndClosesThePort(CapturedOutput output) throws Exception {
		ServerSocket server = listen(this.guard);
		Thread engine = new Thread(() -> {
			try {
				server.accept();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			throw new OutOfMemoryError("no thread");
		});
		engine.start();
		connect(this.guard, server.getLocalPort());
		await().until(server::isClosed);
		await().untilAsserted(() -> assertThat(output).contains("takes no new connections", "no thread"));
	}

	@Test
	void strangersCannotKeepANodeBusyWithTls(CapturedOutput output) throws Exception {
		ServerSocket server = listen(this.guard);
		CompletableFuture<Socket> accepted = accept(server);
		byte[] preface = new Preface(true, false).bytes();
		await().atMost(60, TimeUnit.SECONDS).until(() -> {
			for (int i = 0; i < 100; i++) {
				stranger(server.getLocalPort()).getOutputStream().write(preface);
			}
			return output.getAll().contains("were hung up on before TLS");
		});
		await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
			says(connect(this.guard, server.getLocalPort()), accepted.join());
			return true;
		});
	}

	private static ConnectionGuard guard(Supplier<TlsSettings> tls) {
		return new ConnectionGuard(new Preface(true, false),
				new Handshake(ClusterCookie.of("correct horse battery"), "shop", SpokenVersions.own()), tls, List::of,
				new RefusedPeers(), new EngineFailures());
	}

	private ServerSocket listen(ConnectionGuard guard) throws IOException {
		ServerSocket server = guard.createServerSocket("test");
		server.bind(new InetSocketAddress(HOST, 0), 500);
		this.open.add(server);
		return server;
	}

	private CompletableFuture<Socket> accept(ServerSocket server) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				Socket accepted = server.accept();
				this.open.add(accepted);
				return accepted;
			}
			catch (IOException ex) {
				throw new CompletionException(ex);
			}
		});
	}

	private Socket connect(ConnectionGuard guard, int port) throws IOException {
		Socket socket = guard.createSocket("test");
		this.open.add(socket);
		socket.connect(new InetSocketAddress(HOST, port), ConnectionSecurity.TIMEOUT);
		return socket;
	}

	private Socket stranger(int port) throws IOException {
		Socket socket = new Socket(HOST, port);
		socket.setSoTimeout(60_000);
		this.open.add(socket);
		return socket;
	}

	private static void says(Socket one, Socket other) throws IOException {
		byte[] said = "hello".getBytes(StandardCharsets.US_ASCII);
		OutputStream out = one.getOutputStream();
		out.write(said);
		out.flush();
		InputStream in = other.getInputStream();
		assertThat(in.readNBytes(said.length)).isEqualTo(said);
	}

	private static boolean hearsNothing(Socket stranger) throws IOException {
		try {
			stranger.getInputStream().readNBytes(9);
			return stranger.getInputStream().read() < 0;
		}
		catch (EOFException | SocketException ex) {
			return true;
		}
	}

	private static void trickle(ServerSocket server) {
		try (Socket socket = server.accept()) {
			OutputStream out = socket.getOutputStream();
			out.write(new Preface(true, false).bytes());
			// the head of a record of TLS, and then a byte now and then
			out.write(new byte[] { 0x16, 3, 3, 0x3f, 0 });
			while (true) {
				out.write(2);
				TimeUnit.MILLISECONDS.sleep(100);
			}
		}
		catch (IOException | InterruptedException ex) {
			// it was given up
		}
	}

	/**
	 * Fails the first time as a JVM that lacks something does.
	 */
	private static final class TroubledTls implements Supplier<TlsSettings> {

		private final CookieTls tls = new CookieTls();

		private boolean failed;

		@Override
		public synchronized TlsSettings get() {
			if (!this.failed) {
				this.failed = true;
				throw new NoClassDefFoundError("lost");
			}
			return this.tls.get();
		}

	}

}
