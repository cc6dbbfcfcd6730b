package io.clusterspring.jgroups.guard;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * The certificates of a connection, as one of its ends sees them: their SHA-256 hashes,
 * zero without TLS. TLS has proved that each end has the key of its own; so if both ends
 * see the same two, nobody is between them.
 */
final class Certificates {

	static final int LENGTH = 32;

	static final Certificates NONE = new Certificates(new byte[LENGTH], new byte[LENGTH]);

	private final byte[] both;

	Certificates(byte[] opener, byte[] acceptor) {
		this.both = Arrays.copyOf(opener, 2 * LENGTH);
		System.arraycopy(acceptor, 0, this.both, LENGTH, LENGTH);
	}

	static Certificates of(SSLSession session, boolean opener) throws SSLPeerUnverifiedException {
		byte[] own = hash(session.getLocalCertificates());
		byte[] other = hash(session.getPeerCertificates());
		return (opener) ? new Certificates(own, other) : new Certificates(other, own);
	}

	private static byte[] hash(Certificate @Nullable [] chain) throws SSLPeerUnverifiedException {
		if (chain == null) {
			// this end has none to show; the other is about to refuse that
			return new byte[LENGTH];
		}
		try {
			return MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new SSLPeerUnverifiedException("A certificate cannot be read: " + ex.getMessage());
		}
	}

	byte[] bytes() {
		return this.both.clone();
	}

}
