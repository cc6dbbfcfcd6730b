package io.clusterspring.interest;

/**
 * The names that stand for STOMP destinations among the topics that nodes announce. They
 * begin with a control character, so topics are called otherwise. A topic that is called
 * so all the same shares an entry with a destination, which costs frames and loses none.
 */
final class Names {

	/**
	 * The node announces the destinations of its sessions. Without it, it needs the
	 * messages of all destinations.
	 */
	static final String DESTINATIONS = "\0stomp:";

	/** The node needs the messages of all destinations. */
	static final String EVERY_DESTINATION = DESTINATIONS + "*";

	private static final String DESTINATION = DESTINATIONS + "=";

	private static final String PATTERN = DESTINATIONS + "~";

	private Names() {
	}

	static String ofDestination(String destination) {
		return DESTINATION + destination;
	}

	/** Return the name of a pattern, which is the same for the same dialect only. */
	static String ofPattern(String dialect, String pattern) {
		return PATTERN + dialect + '\0' + pattern;
	}

	static boolean isTopic(String name) {
		return !name.startsWith(DESTINATIONS);
	}

	static boolean isPattern(String name) {
		return name.startsWith(PATTERN);
	}

}
