package io.clusterspring.jgroups.guard;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterCookie;

/**
 * Proves that one has the cookie, without showing it: HMAC-SHA256 over what is said, each
 * part with its length. Without a cookie there is a proof as well, which proves only that
 * there is none.
 */
final class CookieProof {

	static final int LENGTH = 32;

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	CookieProof(@Nullable ClusterCookie cookie) {
		byte[] secret = (cookie != null) ? cookie.bytes() : new byte[0];
		byte[] prefixed = new byte[secret.length + 1];
		prefixed[0] = (byte) ((cookie != null) ? 1 : 0);
		System.arraycopy(secret, 0, prefixed, 1, secret.length);
		this.key = new SecretKeySpec(prefixed, ALGORITHM);
	}

	byte[] of(byte role, byte[]... said) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			mac.update(role);
			for (byte[] part : said) {
				mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
				mac.update(part);
			}
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

	boolean isValid(byte[] proof, byte role, byte[]... said) {
		return MessageDigest.isEqual(proof, of(role, said));
	}

}
