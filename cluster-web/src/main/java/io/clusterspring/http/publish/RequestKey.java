package io.clusterspring.http.publish;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.text.Utf8;

/**
 * Names a request for all nodes: a hash of its idempotency key, its topic and its user,
 * so that nobody learns what another user has sent. Always of the same size.
 *
 * @param high the first eight bytes of the hash
 * @param low the next eight bytes
 */
record RequestKey(long high, long low) {

	/** The maximum number of characters of an idempotency key. */
	static final int MAX_LENGTH = 255;

	/**
	 * Name a request.
	 * @param key the idempotency key
	 * @param user the name of the user, or {@code null}
	 * @throws IllegalArgumentException if the key is empty, too long, or has other
	 * characters than visible ones of ASCII
	 */
	static RequestKey of(String key, String topic, @Nullable String user) {
		Assert.isTrue(
				!key.isEmpty() && key.length() <= MAX_LENGTH && key.chars().allMatch((next) -> next > 32 && next < 127),
				() -> "The header Idempotency-Key must have 1 to " + MAX_LENGTH
						+ " visible characters of ASCII, such as a UUID");
		MessageDigest digest = sha256();
		for (String part : List.of((user != null) ? "u" + user : "", topic, key)) {
			byte[] bytes = Utf8.encode("Name", part);
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
			digest.update(bytes);
		}
		return of(digest.digest());
	}

	/** Return the hash of a body. */
	static RequestKey of(byte[]... parts) {
		MessageDigest digest = sha256();
		for (byte[] part : parts) {
			digest.update(part);
		}
		return of(digest.digest());
	}

	private static RequestKey of(byte[] hash) {
		ByteBuffer in = ByteBuffer.wrap(hash);
		return new RequestKey(in.getLong(), in.getLong());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
