package io.clusterspring.channel.longpoll;

import java.security.SecureRandom;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.text.Utf8;

/**
 * What a client shows to go on with its session: the node that has the session, and a
 * name for it that cannot be guessed. The node is no secret, and only it decides whether
 * the session exists, so nothing need be signed.
 *
 * @param node the node that has the session
 * @param session the name of the session, 192 random bits
 */
record LongPollToken(Node node, String session) {

	private static final int SESSION_BYTES = 24;

	private static final int MAX_LENGTH = 1024;

	private static final SecureRandom random = new SecureRandom();

	static LongPollToken create(Node node) {
		byte[] bytes = new byte[SESSION_BYTES];
		random.nextBytes(bytes);
		return new LongPollToken(node, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/**
	 * Read a token.
	 * @param text the text form
	 * @return the token, or {@code null} if the text is none
	 */
	static @Nullable LongPollToken parse(@Nullable String text) {
		int dot = (text != null && text.length() <= MAX_LENGTH) ? text.indexOf('.') : -1;
		if (text == null || dot < 0 || dot == text.length() - 1) {
			return null;
		}
		try {
			byte[] node = Base64.getUrlDecoder().decode(text.substring(0, dot));
			return new LongPollToken(Node.of(Utf8.decode(node)), text.substring(dot + 1));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	String text() {
		byte[] name = Utf8.encode("Node", this.node.toString());
		return Base64.getUrlEncoder().withoutPadding().encodeToString(name) + "." + this.session;
	}

	/**
	 * Return the node only: who reads the log must not get at the session.
	 */
	@Override
	public String toString() {
		return "token of a session on " + this.node;
	}

}
