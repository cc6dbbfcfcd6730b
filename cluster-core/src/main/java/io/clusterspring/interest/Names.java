package io.clusterspring.interest;

/**
 * The names that stand for something else among the topics that nodes announce: STOMP
 * destinations, and topics by their beginning. They begin with a control character, so
 * topics are called otherwise. A topic that is called so all the same shares an entry,
 * which costs frames and loses none.
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

	private static final String BEGINNING = "\0topics:";

	private Names() {
	}

	static String ofDestination(String destination) {
		return DESTINATION + destination;
	}

	/** Return the name of a pattern, which is the same for the same dialect only. */
	static String ofPattern(String dialect, String pattern) {
		return PATTERN + dialect + '\0' + pattern;
	}

	/** Return the name of all topics with a beginning. */
	static String ofTopics(String beginning) {
		return BEGINNING + beginning;
	}

	static boolean isBeginning(String name) {
		return name.startsWith(BEGINNING);
	}

	/** Return whether a topic is one of those with a beginning. */
	static boolean isOf(String beginning, String topic) {
		int length = beginning.length() - BEGINNING.length();
		return topic.length() >= length && topic.regionMatches(0, beginning, BEGINNING.length(), length);
	}

	static boolean isPattern(String name) {
		return name.startsWith(PATTERN);
	}

}
