package io.clusterspring.jgroups.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.fuzz.DecoderFuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Preface}.
 */
class PrefaceTests {

	@ParameterizedTest
	@CsvSource({ "false, false", "true, false", "false, true", "true, true" })
	void endsThatHaveTheSameAgree(boolean cookie, boolean bundle) throws IOException {
		Preface preface = new Preface(cookie, bundle);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		preface.exchange(new ByteArrayInputStream(new Preface(cookie, bundle).bytes()), out);
		assertThat(out.toByteArray()).isEqualTo(preface.bytes()).startsWith("cluster3".getBytes());
	}

	@Test
	void whatNoNodeSaysIsRefused() {
		DecoderFuzz.fuzz("preface", IOException.class, (input) -> {
			new Preface(true, false).exchange(new ByteArrayInputStream(input.array()), new ByteArrayOutputStream());
			return () -> assertThat(input.array()).startsWith("cluster3".getBytes());
		});
	}

	@Test
	void bothEndsSayWhichOfThemHasACookie() {
		refusedFor(Reason.COOKIE, hears(new Preface(true, false), new Preface(false, false).bytes()),
				"it has no cookie, this node has one (cluster.cookie)");
		refusedFor(Reason.COOKIE, hears(new Preface(false, false), new Preface(true, false).bytes()),
				"it has a cookie (cluster.cookie), this node has none");
		refusedFor(Reason.COOKIE, hears(new Preface(false, true), new Preface(true, true).bytes()),
				"it has a cookie (cluster.cookie), this node has none");
	}

	@Test
	void bothEndsSayWhichOfThemHasABundle() {
		refusedFor(Reason.TLS, hears(new Preface(true, true), new Preface(true, false).bytes()),
				"it has no TLS, this node has (cluster.ssl.bundle)");
		refusedFor(Reason.TLS, hears(new Preface(false, false), new Preface(false, true).bytes()),
				"it has TLS (cluster.ssl.bundle), this node has not");
	}

	@Test
	void anotherReleaseIsNamed() {
		refusedFor(Reason.VERSION, hears("cluster2 and a nonce"), "version 2 of the handshake, this node version 3");
		refusedFor(Reason.VERSION, hears("cluster4 and so on"), "version 4 of the handshake, this node version 3");
		refusedFor(Reason.VERSION, hears("cluster\n and so on"), "version ? of the handshake");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\n\r\n", "SSH-2.0-OpenSSH_9.2", "Cluster3 ", "clutter3 " })
	void strangersAreRefused(String said) {
		refusedFor(Reason.STRANGER, hears(said), "it is no node");
	}

	@ParameterizedTest
	@ValueSource(bytes = { 0x15, 0x16 })
	void tlsWithoutAWordBeforeIsAStranger(byte type) {
		byte[] record = Arrays.copyOf(new byte[] { type, 3, 1 }, 300);
		refusedFor(Reason.STRANGER, hears(new Preface(true, false), record), "speaks TLS");
	}

	@Test
	void endThatHangsUpIsNotRefused() {
		assertThat(hears("cluster3")).isInstanceOf(EOFException.class);
		assertThat(hears("clu")).isInstanceOf(EOFException.class);
	}

	private static IOException hears(String said) {
		return hears(new Preface(true, false), said.getBytes(StandardCharsets.US_ASCII));
	}

	private static IOException hears(Preface preface, byte[] said) {
		try {
			preface.exchange(new ByteArrayInputStream(said), new ByteArrayOutputStream());
			throw new AssertionError("It has not refused");
		}
		catch (IOException ex) {
			return ex;
		}
	}

	private static void refusedFor(Reason reason, IOException ex, String message) {
		assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(() -> {
			throw ex;
		}).withMessageContaining(message).satisfies((refusal) -> assertThat(refusal.reason()).isEqualTo(reason));
	}

}
