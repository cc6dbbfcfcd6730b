package io.clusterspring.jgroups.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
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

	private static final SpokenVersions SPOKEN = new SpokenVersions(2, 3, 5, 5);

	private final Wire toAcceptor = new Wire();

	private final Wire toOpener = new Wire();

	private Certificates openerSees = certificates(1, 2);

	private InetSocketAddress sought = new InetSocketAddress("127.0.0.1", 7800);

	private InetSocketAddress listens = new InetSocketAddress("127.0.0.1", 7800);

	@Test
	void endsOfOneClusterAgree() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"))).isNull();
		assertThat(acceptor.join()).isNull();
		assertThat(this.toAcceptor.recorded() + this.toOpener.recorded()).doesNotContain(SECRET);
	}

	@Test
	void endsWithoutCookieAgree() {
		CompletableFuture<IOException> acceptor = accept(handshake(null, "shop"));
		assertThat(open(handshake(null, "shop"))).isNull();
		assertThat(acceptor.join()).isNull();
	}

	@Test
	void endsWithIpv6AddressesAgree() {
		this.sought = new InetSocketAddress("fe80::1", 65535);
		this.listens = new InetSocketAddress("fe80::1", 65535);
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"))).isNull();
		assertThat(acceptor.join()).isNull();
	}

	@Test
	void bothEndsSayThatTheCookieIsWrong() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.COOKIE, open(handshake("guess", "shop")));
		refusedFor(Reason.COOKIE, acceptor.join());
		assertThat(this.toOpener.bytes()).as("no proof to try cookies on").hasSize(32 + 1);
	}

	@Test
	void noCookieIsAWrongCookie() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.COOKIE, open(handshake(null, "shop")));
		refusedFor(Reason.COOKIE, acceptor.join());
	}

	@Test
	void bothEndsNameTheOtherCluster() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		IOException opener = open(handshake(SECRET, "chat\n"));
		refusedFor(Reason.CLUSTER, opener);
		refusedFor(Reason.CLUSTER, acceptor.join());
		assertThat(opener).hasMessageContaining("of cluster 'shop'");
		assertThat(acceptor.join()).hasMessageContaining("of cluster 'chat?'");
	}

	@Test
	void bothEndsSayThatTheyHaveJGroupsOfDifferentMinorVersions() {
		CompletableFuture<IOException> acceptor = accept(handshake(new SpokenVersions(2, 3, 5, 6)));
		IOException opener = open(handshake(SPOKEN));
		refusedFor(Reason.VERSION, opener);
		refusedFor(Reason.VERSION, acceptor.join());
		assertThat(opener).hasMessageStartingWith("it runs JGroups 5.6, this node JGroups 5.5,");
		assertThat(acceptor.join()).hasMessageStartingWith("it runs JGroups 5.5, this node JGroups 5.6,");
	}

	@Test
	void bothEndsSayThatTheyHaveNoWireInCommon() {
		CompletableFuture<IOException> acceptor = accept(handshake(new SpokenVersions(4, 5, 5, 5)));
		IOException opener = open(handshake(SPOKEN));
		refusedFor(Reason.VERSION, opener);
		refusedFor(Reason.VERSION, acceptor.join());
		assertThat(opener).hasMessageStartingWith("it speaks wire 4 to 5, this node wire 2 to 3");
		assertThat(acceptor.join()).hasMessageStartingWith("it speaks wire 2 to 3, this node wire 4 to 5");
	}

	@Test
	void endsThatHaveAWireInCommonAgree() {
		CompletableFuture<IOException> acceptor = accept(handshake(new SpokenVersions(3, 4, 5, 5)));
		assertThat(open(handshake(SPOKEN))).isNull();
		assertThat(acceptor.join()).isNull();
	}

	@Test
	void versionsAreNotTheBusinessOfOneWithoutTheCookie() {
		CompletableFuture<IOException> acceptor = accept(handshake(new SpokenVersions(2, 3, 5, 6)));
		refusedFor(Reason.COOKIE, open(handshake("guess", "shop")));
		refusedFor(Reason.COOKIE, acceptor.join());
	}

	@Test
	void endsThatSeeOtherCertificatesAreRefused() {
		this.openerSees = certificates(1, 9);
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.RELAY, open(handshake(SECRET, "shop")));
		refusedFor(Reason.RELAY, acceptor.join());
	}

	@Test
	void certificatesOfTheEndsAreNotExchangeable() {
		this.openerSees = certificates(2, 1);
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.RELAY, open(handshake(SECRET, "shop")));
		refusedFor(Reason.RELAY, acceptor.join());
	}

	@Test
	void openerThatWasPassedOnIsRefused() {
		this.sought = new InetSocketAddress("10.0.0.7", 7801);
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.RELAY, open(handshake(SECRET, "shop")));
		refusedFor(Reason.RELAY, acceptor.join());
		assertThat(acceptor.join()).hasMessageContaining("10.0.0.7:7801");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 32, 64, 96, 97, 101, 105, 110, 112, 114 })
	void nothingThatTheOpenerSaysCanBeChanged(int index) {
		this.toAcceptor.change = (bytes) -> flipped(bytes, index);
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		IOException opener = open(handshake(SECRET, "shop"));
		assertThat(acceptor.join()).isInstanceOf(ConnectionRefusedException.class);
		assertThat(opener).isNotNull();
	}

	@Test
	void certificatesThatARelayPutsInPlaceOfThoseSeenAreRefused() {
		this.openerSees = certificates(1, 9);
		this.toAcceptor.change = (bytes) -> {
			byte[] changed = bytes.clone();
			System.arraycopy(certificates(1, 2).bytes(), 0, changed, 32, 64);
			return changed;
		};
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.COOKIE, open(handshake(SECRET, "shop")));
		refusedFor(Reason.COOKIE, acceptor.join());
	}

	@Test
	void proofThatAnotherNodeWasNotAdmittedIsNoProofThatThisOneIs() {
		this.sought = new InetSocketAddress("10.0.0.7", 7801);
		this.toOpener.change = (bytes) -> (bytes.length > 32) ? concat(new byte[] { 1 }, rest(bytes)) : bytes;
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		refusedFor(Reason.COOKIE, open(handshake(SECRET, "shop")));
		refusedFor(Reason.RELAY, acceptor.join());
	}

	@Test
	void openerIsNotLetInByItsOwnWords() {
		byte[] nonce = new byte[32];
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		failure(() -> handshake(SECRET, "shop").open(new ByteArrayInputStream(nonce), said, this.openerSees,
				this.sought));
		byte[] own = said.toByteArray();
		byte[] proof = Arrays.copyOfRange(own, own.length - 32, own.length);
		byte[] answer = concat(nonce, new byte[] { 0, 0, 4 }, "shop".getBytes(StandardCharsets.US_ASCII),
				new byte[] { 4, 1, 1, 5, 5 }, proof);
		refusedFor(Reason.COOKIE, failure(() -> handshake(SECRET, "shop").open(new ByteArrayInputStream(answer),
				new ByteArrayOutputStream(), this.openerSees, this.sought)));
	}

	@Test
	void recordedOpenerIsRefused() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"))).isNull();
		assertThat(acceptor.join()).isNull();
		refusedFor(Reason.COOKIE, acceptAll(this.toAcceptor.bytes()));
	}

	@Test
	void recordedAcceptorIsRefused() {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"))).isNull();
		assertThat(acceptor.join()).isNull();
		byte[] recorded = this.toOpener.bytes();
		refusedFor(Reason.COOKIE, failure(() -> handshake(SECRET, "shop").open(new ByteArrayInputStream(recorded),
				new ByteArrayOutputStream(), this.openerSees, this.sought)));
	}

	@Test
	void acceptorThatLiesAboutTheVerdictIsRefused() {
		CompletableFuture<IOException> acceptor = accept(handshake("guess", "shop"));
		this.toOpener.change = (bytes) -> (bytes.length == 1) ? concat(new byte[] { 1 }, new byte[35]) : bytes;
		refusedFor(Reason.COOKIE, open(handshake(SECRET, "shop")));
		refusedFor(Reason.COOKIE, acceptor.join());
	}

	@Test
	void nameThatIsTooLongIsRefused() {
		refusedFor(Reason.STRANGER,
				acceptAll(concat(new byte[32 + 64], new byte[] { 6 }, new byte[6], new byte[] { -1, -1 })));
	}

	@ParameterizedTest
	@ValueSource(bytes = { 0, 5, 7, 18 + 1, -1 })
	void addressOfAnotherLengthIsRefused(byte length) {
		refusedFor(Reason.STRANGER, acceptAll(concat(new byte[32 + 64], new byte[] { length }, new byte[300])));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void nothingThatIsNoProofLetsAnyoneIn(long seed) {
		CompletableFuture<IOException> acceptor = accept(handshake(SECRET, "shop"));
		assertThat(open(handshake(SECRET, "shop"))).isNull();
		assertThat(acceptor.join()).isNull();
		Random random = new Random(seed);
		for (int i = 0; i < 2000; i++) {
			assertThat(acceptAll(mutated(this.toAcceptor.bytes(), random))).isInstanceOf(IOException.class);
			byte[] heard = mutated(this.toOpener.bytes(), random);
			assertThat(failure(() -> handshake(SECRET, "shop").open(new ByteArrayInputStream(heard),
					new ByteArrayOutputStream(), this.openerSees, this.sought)))
				.isInstanceOf(IOException.class);
		}
	}

	private static byte[] mutated(byte[] bytes, Random random) {
		byte[] changed = Arrays.copyOf(bytes, random.nextInt(bytes.length + 50));
		for (int i = random.nextInt(8); i > 0 && changed.length > 0; i--) {
			changed[random.nextInt(changed.length)] = (byte) random.nextInt();
		}
		return changed;
	}

	@Test
	void endThatHangsUpIsNotRefused() {
		assertThat(acceptAll(new byte[3])).isInstanceOf(EOFException.class);
	}

	@Test
	void cookieIsNeitherBlankNorPrinted() {
		assertThat(ClusterCookie.of(SECRET).toString()).doesNotContain(SECRET);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ClusterCookie.of(" "));
	}

	private CompletableFuture<IOException> accept(Handshake handshake) {
		return CompletableFuture.supplyAsync(() -> failure(() -> handshake.accept(this.toAcceptor.in, this.toOpener.out,
				certificates(1, 2), this.listens::equals)));
	}

	private IOException acceptAll(byte[] said) {
		return failure(() -> handshake(SECRET, "shop").accept(new ByteArrayInputStream(said),
				new ByteArrayOutputStream(), certificates(1, 2), this.listens::equals));
	}

	private IOException open(Handshake handshake) {
		return failure(() -> handshake.open(this.toOpener.in, this.toAcceptor.out, this.openerSees, this.sought));
	}

	private static Certificates certificates(int opener, int acceptor) {
		byte[] one = new byte[32];
		byte[] other = new byte[32];
		Arrays.fill(one, (byte) opener);
		Arrays.fill(other, (byte) acceptor);
		return new Certificates(one, other);
	}

	private static byte[] flipped(byte[] bytes, int index) {
		byte[] changed = bytes.clone();
		changed[index] ^= 1;
		return changed;
	}

	private static byte[] rest(byte[] bytes) {
		return Arrays.copyOfRange(bytes, 1, bytes.length);
	}

	private static Handshake handshake(String cookie, String cluster) {
		return new Handshake((cookie != null) ? ClusterCookie.of(cookie) : null, cluster, SPOKEN);
	}

	private static Handshake handshake(SpokenVersions versions) {
		return new Handshake(ClusterCookie.of(SECRET), "shop", versions);
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
