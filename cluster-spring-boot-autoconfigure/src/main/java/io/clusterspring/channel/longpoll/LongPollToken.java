package io.clusterspring.channel.longpoll;

import java.security.SecureRandom;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.text.Utf8;

/**
 * What a client shows to go on with its session: the node that has the session, a name
 * for it that cannot be guessed, and how many answers with messages the client has got.
 * The node is no secret, and only it decides whether the session exists, so nothing need
 * be signed.
 *
 * <p>
 * phoenix.js goes on with the token of the last answer. So a client whose last answer was
 * lost on the way shows an older number, and is answered the same again.
 *
 * @param node the node that has the session
 * @param session the name of the session, 192 random bits
 * @param heard the number of answers with messages that the client has got
 */
record LongPollToken(Node node, String session, int heard) {

	private static final int SESSION_BYTES = 24;

	private static final int MAX_LENGTH = 1024;

	private static final SecureRandom random = new SecureRandom();

	static LongPollToken create(Node node) {
		byte[] bytes = new byte[SESSION_BYTES];
		random.nextBytes(bytes);
		return new LongPollToken(node, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), 0);
	}

	/**
	 * Return the token that goes with an answer to this one.
	 * @param answer the answer
	 * @return the token for the next request
	 */
	LongPollToken after(PollAnswer answer) {
		return (answer.messages().isEmpty()) ? this : new LongPollToken(this.node, this.session, this.heard + 1);
	}

	/**
	 * Read a token.
	 * @param text the text form
	 * @return the token, or {@code null} if the text is none
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
				+ Integer.toUnsignedString(this.heard);
	}

	/**
	 * Return the node only: who reads the log must not get at the session.
	 */
	@Override
	public String toString() {
		return "token of a session on " + this.node;
	}

}
