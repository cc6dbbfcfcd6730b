package io.clusterspring.jgroups;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.ClusterCookie;
import io.clusterspring.RefusedPeer.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandshakeTests {

	private static final String SECRET = "correct horse battery staple";

	private final Wire toAcceptor = new Wire();

	private final Wire toOpener = new Wire();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void endsOfOneClusterAgree(boolean first) {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"), first)).isNull();
		assertThat(acceptor.join()).isNull();
		assertThat(this.toAcceptor.recorded() + this.toOpener.recorded()).doesNotContain(SECRET);
	}

	@Test
	void endsWithoutCookieAgree() {
		CompletableFuture<IOException> acceptor = accept(handshake(null, "shop"));
		assertThat(open(handshake(null, "shop"), true)).isNull();
		assertThat(acceptor.join()).isNull();
	}

	@Test
	void bothEndsSayThatTheCookieIsWrong() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.COOKIE, open(handshake("guess", "shop"), true));
		refusedFor(Reason.COOKIE, acceptor.join());
		assertThat(this.toOpener.bytes()).as("no proof to try cookies on").hasSize(8 + 32 + 1);
	}

	@Test
	void noCookieIsAWrongCookie() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.COOKIE, open(handshake(null, "shop"), true));
		refusedFor(Reason.COOKIE, acceptor.join());
	}

	@Test
	void bothEndsNameTheOtherCluster() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		IOException opener = open(handshake(SECRET, "chat\n"), true);
		refusedFor(Reason.CLUSTER, opener);
		refusedFor(Reason.CLUSTER, acceptor.join());
		assertThat(opener).hasMessageContaining("of cluster 'shop'");
		assertThat(acceptor.join()).hasMessageContaining("of cluster 'chat?'");
	}

	@Test
	void recordedOpenerIsRefused() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"), true)).isNull();
		assertThat(acceptor.join()).isNull();
		byte[] recorded = this.toAcceptor.bytes();
		refusedFor(Reason.COOKIE, failure(() -> handshake(SECRET, "shop").accept(new ByteArrayInputStream(recorded),
				new ByteArrayOutputStream())));
	}

	@Test
	void recordedAcceptorIsRefused() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"), true)).isNull();
		assertThat(acceptor.join()).isNull();
		byte[] recorded = this.toOpener.bytes();
		refusedFor(Reason.COOKIE, failure(() -> handshake(SECRET, "shop").open(new ByteArrayInputStream(recorded),
				new ByteArrayOutputStream(), true)));
	}

	@Test
	void acceptorThatLiesAboutTheVerdictIsRefused() {
		CompletableFuture<IOException> acceptor = accept(handshake("guess", "shop"));
		this.toOpener.change = (bytes) -> (bytes.length == 1) ? concat(new byte[] { 1 }, new byte[34]) : bytes;
		refusedFor(Reason.COOKIE, open(handshake(SECRET, "shop"), true));
		refusedFor(Reason.COOKIE, acceptor.join());
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\n\r\n", "cluster2 and so on and so on" })
	void strangersAreRefused(String said) {
		byte[] bytes = said.getBytes(StandardCharsets.US_ASCII);
		refusedFor(Reason.STRANGER, failure(
				() -> handshake(SECRET, "shop").accept(new ByteArrayInputStream(bytes), new ByteArrayOutputStream())));
	}

	@Test
	void nameThatIsTooLongIsRefused() {
		byte[] bytes = concat("cluster1".getBytes(StandardCharsets.US_ASCII), new byte[64], new byte[] { -1, -1 });
		refusedFor(Reason.STRANGER, failure(
				() -> handshake(SECRET, "shop").accept(new ByteArrayInputStream(bytes), new ByteArrayOutputStream())));
	}

	@Test
	void tlsIsRecognized() {
		byte[] hello = concat(new byte[] { 0x16, 3, 1 }, new byte[300]);
		refusedFor(Reason.TLS, failure(
				() -> handshake(SECRET, "shop").accept(new ByteArrayInputStream(hello), new ByteArrayOutputStream())));
	}

	@Test
	void endThatHangsUpIsNotRefused() {
		assertThat(failure(() -> handshake(SECRET, "shop").accept(new ByteArrayInputStream(new byte[3]),
				new ByteArrayOutputStream())))
			.isInstanceOf(EOFException.class);
	}

	@Test
	void cookieIsNeitherBlankNorPrinted() {
		assertThat(ClusterCookie.of(SECRET).toString()).doesNotContain(SECRET);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ClusterCookie.of(" "));
	}

	private CompletableFuture<IOException> accept(Handshake handshake) {
		return CompletableFuture
			.supplyAsync(() -> failure(() -> handshake.accept(this.toAcceptor.in, this.toOpener.out)));
	}

	private IOException open(Handshake handshake, boolean first) {
		return failure(() -> handshake.open(this.toOpener.in, this.toAcceptor.out, first));
	}

	private static Handshake handshake(String cookie, String cluster) {
		return new Handshake((cookie != null) ? ClusterCookie.of(cookie) : null, cluster);
	}

	private static void refusedFor(Reason reason, IOException ex) {
		assertThat(ex).isInstanceOfSatisfying(ConnectionRefusedException.class,
				(refusal) -> assertThat(refusal.reason()).isEqualTo(reason));
	}

	private static IOException failure(Action action) {
		try {
			action.run();
			return null;
		}
		catch (IOException ex) {
			return ex;
		}
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			whole.writeBytes(part);
		}
		return whole.toByteArray();
	}

	private interface Action {

		void run() throws IOException;

	}

	private static final class Wire {

		private final PipedInputStream in = new PipedInputStream(65536);

		private final PipedOutputStream pipe = new PipedOutputStream();

		private final ByteArrayOutputStream record = new ByteArrayOutputStream();

		private UnaryOperator<byte[]> change = (bytes) -> bytes;

		private final OutputStream out = new OutputStream() {

			@Override
			public void write(int one) throws IOException {
				write(new byte[] { (byte) one });
			}

			@Override
			public void write(byte[] bytes) throws IOException {
				Wire.this.record.writeBytes(bytes);
				Wire.this.pipe.write(Wire.this.change.apply(bytes));
				Wire.this.pipe.flush();
			}

		};

		Wire() {
			try {
				this.pipe.connect(this.in);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private byte[] bytes() {
			return this.record.toByteArray();
		}

		private String recorded() {
			return new String(bytes(), StandardCharsets.ISO_8859_1);
		}

	}

}
