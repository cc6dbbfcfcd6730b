package io.clusterspring.jgroups.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.RefusedPeer;
import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.guard.ConnectionSecurity.TlsSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A certificate that has expired, or is not valid yet, says so at both ends, whichever of
 * them has it.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExpiredCertificateIntegrationTests {

	private static final InetAddress HOST = InetAddress.getLoopbackAddress();

	private static final Duration DAY = Duration.ofDays(1);

	private final Instant now = Instant.now();

	private final TestAuthority authority = new TestAuthority();

	private final RefusedPeers refusedByOpener = new RefusedPeers();

	private final RefusedPeers refusedByListener = new RefusedPeers();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anExpiredCertificateSaysSoAtBothEnds(boolean opener, CapturedOutput output) throws Exception {
		TlsSettings expired = this.authority.node(this.now.minus(DAY.multipliedBy(30)), this.now.minus(DAY));
		connect(opener ? expired : valid(), opener ? valid() : expired, true);
		RefusedPeers whole = opener ? this.refusedByListener : this.refusedByOpener;
		RefusedPeers refused = opener ? this.refusedByOpener : this.refusedByListener;
		await().untilAsserted(() -> assertThat(whole.nodes()).singleElement()
			.extracting(RefusedPeer::detail)
			.asString()
			.startsWith("its certificate, or one that it was signed with, has expired (NotAfter: "));
		await().untilAsserted(() -> assertThat(refused.nodes()).singleElement()
			.extracting(RefusedPeer::detail)
			.asString()
			.matches("it (does not take the certificate of this node|has hung up): "
					+ "the certificate of this node has expired on .*"));
		assertThat(whole.count(Reason.EXPIRED)).isOne();
		assertThat(refused.count(Reason.EXPIRED)).isOne();
		assertThat(output).contains("has expired (NotAfter: ", "the certificate of this node has expired on ");
	}

	@Test
	void oneThatIsNotValidYetSaysSoAtBothEnds() throws Exception {
		connect(valid(), this.authority.node(this.now.plus(DAY), this.now.plus(DAY.multipliedBy(30))), true);
		await().untilAsserted(() -> assertThat(this.refusedByOpener.nodes()).singleElement()
			.extracting(RefusedPeer::detail)
			.asString()
			.contains("is not valid yet, or the clock of a node is wrong (NotBefore: "));
		await().untilAsserted(() -> assertThat(this.refusedByListener.nodes()).singleElement()
			.extracting(RefusedPeer::detail)
			.asString()
			.contains("the certificate of this node is not valid before ", "the clock of this node says "));
	}

	@Test
	void anUntrustedOneIsStillUntrusted() throws Exception {
		// what the opener says may be lost when it closes the connection
		connect(valid(), new TestAuthority().node(this.now.minus(DAY), this.now.plus(DAY.multipliedBy(30))), false);
		await().untilAsserted(() -> assertThat(this.refusedByOpener.count(Reason.TLS)).isOne());
	}

	@Test
	void aConnectionThatBreaksIsExplainedByAnExpiredCertificateOfTheOwn() throws Exception {
		CertificateValidity expired = new CertificateValidity(valid().certificates(),
				this.now.plus(DAY.multipliedBy(60)));
		CertificateValidity whole = new CertificateValidity(valid().certificates(), this.now);
		IOException reset = new SocketException("Connection reset");
		assertThat(TlsFailures.explain(reset, expired)).isInstanceOf(ConnectionRefusedException.class)
			.hasMessageStartingWith("it has hung up: the certificate of this node has expired on ");
		assertThat(TlsFailures.explain(reset, whole)).isSameAs(reset);
		IOException late = new SocketTimeoutException("late");
		assertThat(TlsFailures.explain(late, expired)).isSameAs(late);
	}

	@Test
	void itIsToldAhead() throws Exception {
		TlsSettings soon = this.authority.node(this.now.minus(DAY), this.now.plus(DAY.multipliedBy(13)));
		assertThat(soon.warning()).startsWith("the certificate of this node expires on ");
		assertThat(valid().warning()).isNull();
		assertThat(this.authority.node(this.now.minus(DAY), this.now.minusSeconds(60)).warning())
			.contains("has expired on ", "open no new connections");
	}

	private TlsSettings valid() throws Exception {
		return this.authority.node(this.now.minus(DAY), this.now.plus(DAY.multipliedBy(30)));
	}

	private void connect(TlsSettings opener, TlsSettings listener, boolean listenerKnows) throws IOException {
		try (ServerSocket server = guard(listener, this.refusedByListener).createServerSocket("test")) {
			server.bind(new InetSocketAddress(HOST, 0), 5);
			CompletableFuture.runAsync(() -> {
				try (Socket accepted = server.accept()) {
					assertThat(accepted).as("nobody gets in").isNull();
				}
				catch (IOException ex) {
					// the port is closed
				}
			});
			Socket socket = guard(opener, this.refusedByOpener).createSocket("test");
			assertThatExceptionOfType(ConnectionRefusedException.class)
				.isThrownBy(() -> socket.connect(new InetSocketAddress(HOST, server.getLocalPort()), 5000));
			await().until(() -> !listenerKnows || !this.refusedByListener.nodes().isEmpty());
		}
	}

	private static ConnectionGuard guard(TlsSettings settings, RefusedPeers refused) {
		return new ConnectionGuard(new Preface(false, true), new Handshake(null, "shop", SpokenVersions.own()),
				() -> settings, () -> null, refused, new EngineFailures());
	}

}
