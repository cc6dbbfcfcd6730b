package io.clusterspring;

import org.springframework.util.Assert;

import io.clusterspring.text.Utf8;

/**
 * The secret that the nodes of a cluster share, as Erlang's cookie. {@code toString} does
 * not show the secret.
 */
public final class ClusterCookie {

	private final byte[] secret;

	private ClusterCookie(byte[] secret) {
		this.secret = secret;
	}

	/**
	 * Create a cookie.
	 * @param text the secret, with at least one character that is not blank
	 * @throws IllegalArgumentException if the text is blank, or not well-formed
	 */
	public static ClusterCookie of(String text) {
		Assert.hasText(text, "The cookie is blank: give it a secret, or remove it");
		Assert.isTrue(Utf8.isWellFormed(text), "The cookie is not well-formed Unicode: it has a lone surrogate");
		return new ClusterCookie(Utf8.encode("The cookie", text));
	}

	/**
	 * Return the secret.
	 * @return a copy of its bytes
	 */
	public byte[] bytes() {
		return this.secret.clone();
	}

	@Override
	public String toString() {
		return "ClusterCookie[hidden]";
	}

}
