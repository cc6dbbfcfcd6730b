package io.clusterspring.revocation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Names an HTTP session without its id, which is a secret: whoever has it is logged in.
 */
final class SessionHash {

	private SessionHash() {
	}

	/**
	 * Return the name of a session for other nodes and for the log.
	 * @param id the id of the session
	 * @return the SHA-256 of the id, in Base64
	 */
	static String of(String id) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_16BE));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
