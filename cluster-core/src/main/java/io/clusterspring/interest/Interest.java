package io.clusterspring.interest;

/**
 * A topic that a node announces, or does not announce any more. A topic that is announced
 * again has another id.
 *
 * @param announced {@code false} if it is withdrawn
 * @param topic the topic, {@link #EVERYTHING} for all topics
 */
record Interest(boolean announced, long id, String topic) {

	static final String EVERYTHING = "";

	// about what it takes in a frame
	long size() {
		return 16 + 3L * this.topic.length();
	}

}
