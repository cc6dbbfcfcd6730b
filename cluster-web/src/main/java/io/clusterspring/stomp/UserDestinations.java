package io.clusterspring.stomp;

/**
 * Destinations that Spring makes of user destinations: that of one session. They are as
 * many as sessions, so they are not announced, and a message for one that an application
 * names itself goes to all nodes.
 */
final class UserDestinations {

	private static final String MARK = "-user";

	private static final int SHORTEST = 8;

	private UserDestinations() {
	}

	/** Return whether a destination is one of a session, which need not be announced. */
	static boolean isOfSession(String destination, String sessionId) {
		return destination.endsWith(sessionId) && isOfSession(destination)
				&& destination.length() == destination.lastIndexOf(MARK) + MARK.length() + sessionId.length();
	}

	/**
	 * Return whether a destination may be one of a session: its end looks like the id of
	 * one, with a digit.
	 */
	static boolean isOfSession(String destination) {
		int mark = destination.lastIndexOf(MARK);
		int start = mark + MARK.length();
		if (mark < 0 || destination.length() - start < SHORTEST || !isLetterOrDigit(destination.charAt(start))) {
			return false;
		}
		boolean digit = false;
		for (int i = start; i < destination.length(); i++) {
			char next = destination.charAt(i);
			if (next != '-' && !isLetterOrDigit(next)) {
				return false;
			}
			digit |= next >= '0' && next <= '9';
		}
		return digit;
	}

	private static boolean isLetterOrDigit(char character) {
		return character < 128 && Character.isLetterOrDigit(character);
	}

}
