package io.clusterspring.jgroups.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterCookie;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What release 0.1.0 says on a new connection, with nonces that are not random.
 */
class HandshakeWireTests {

	private static final Map<String, byte[]> RECORDED = RecordedFrames.recorded("connection");

	private static final InetSocketAddress SOUGHT = new InetSocketAddress("127.0.0.1", 7800);

	private static final Certificates CERTIFICATES = new Certificates(filled(3), filled(4));

	@Test
	void bothEndsSayWhatTheFirstReleaseSays() throws IOException {
		check("preface", new Preface(true, false).bytes());
		check("preface-bundle", new Preface(false, true).bytes());
		check("opener", opener("acceptor"));
		check("acceptor", acceptor("opener"));
	}

	@Test
	void theFirstReleaseRefusesAnotherJGroupsInWordsThatAreUnderstood() throws IOException {
		check("acceptor-refuses", acceptor(new SpokenVersions(1, 1, 5, 6), "opener"));
		assertThat(refusal(new SpokenVersions(1, 1, 5, 5), "acceptor-refuses"))
			.hasMessageStartingWith("it runs JGroups 5.6, this node JGroups 5.5");
	}

	private static byte[] opener(String heard) throws IOException {
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		handshake(new SpokenVersions(1, 1, 5, 5), 1).open(heard(heard), said, CERTIFICATES, SOUGHT);
		return said.toByteArray();
	}

	private static Exception refusal(SpokenVersions versions, String heard) {
		try {
			handshake(versions, 1).open(heard(heard), new ByteArrayOutputStream(), CERTIFICATES, SOUGHT);
			throw new AssertionError("It has not refused");
		}
		catch (IOException ex) {
			return ex;
		}
	}

	private static byte[] acceptor(String heard) throws IOException {
		return acceptor(new SpokenVersions(1, 1, 5, 5), heard);
	}

	private static byte[] acceptor(SpokenVersions versions, String heard) throws IOException {
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		try {
			handshake(versions, 2).accept(heard(heard), said, CERTIFICATES, SOUGHT::equals);
		}
		catch (ConnectionRefusedException ex) {
			assertThat(ex).hasMessageContaining("JGroups");
		}
		return said.toByteArray();
	}

	private static ByteArrayInputStream heard(String name) {
		return new ByteArrayInputStream(RECORDED.get(name));
	}

	private static Handshake handshake(SpokenVersions versions, int nonce) {
		return new Handshake(ClusterCookie.of("correct horse battery staple"), "shop", versions, () -> filled(nonce));
	}

	private static byte[] filled(int value) {
		byte[] bytes = new byte[32];
		Arrays.fill(bytes, (byte) value);
		return bytes;
	}

	private static void check(String name, byte[] said) {
		RecordedFrames.check("connection", name, said, RECORDED.get(name));
	}

}
