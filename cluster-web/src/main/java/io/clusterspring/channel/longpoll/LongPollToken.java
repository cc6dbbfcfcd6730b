package io.clusterspring.channel.longpoll;

import java.security.SecureRandom;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.text.Utf8;

/**
 * Identifies the session of a request: the node that has the session, its unguessable
 * name, and the number of answers with messages that the client has received. The token
 * needs no signature: the node is not a secret, and only that node knows whether the
 * session exists.
 *
 * <p>
 * phoenix.js sends the token of the last answer. So a client whose last answer was lost
 * sends an older number, and gets the same answer again.
 *
 * @param session the name of the session, 192 random bits
 */
record LongPollToken(Node node, String session, int acknowledged) {

	private static final int SESSION_BYTES = 24;

	private static final int MAX_LENGTH = 1024;

	private static final SecureRandom random = new SecureRandom();

	static LongPollToken create(Node node) {
		byte[] bytes = new byte[SESSION_BYTES];
		random.nextBytes(bytes);
		return new LongPollToken(node, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), 0);
	}

	/**
	 * Return the token to send with an answer.
	 * @return the token for the next request
	 */
	LongPollToken after(PollAnswer answer) {
		return (answer.messages().isEmpty()) ? this : new LongPollToken(this.node, this.session, this.acknowledged + 1);
	}

	/**
	 * Read a token.
	 * @param text the text form
	 * @return the token, or {@code null} if the text is invalid
	 */
	static @Nullable LongPollToken parse(@Nullable String text) {
		String[] parts = (text != null && text.length() <= MAX_LENGTH) ? text.split("\\.", -1) : new String[0];
		if (parts.length != 3 || parts[1].isEmpty()) {
			return null;
		}
		try {
			byte[] node = Base64.getUrlDecoder().decode(parts[0]);
			return new LongPollToken(Node.of(Utf8.decode(node)), parts[1], Integer.parseUnsignedInt(parts[2]));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	String text() {
		byte[] name = Utf8.encode("Node", this.node.toString());
		return Base64.getUrlEncoder().withoutPadding().encodeToString(name) + "." + this.session + "."
				+ Integer.toUnsignedString(this.acknowledged);
	}

	/**
	 * Return the node only, because the log must not contain the name of the session.
	 */
	@Override
	public String toString() {
		return "token of a session on " + this.node;
	}

}
