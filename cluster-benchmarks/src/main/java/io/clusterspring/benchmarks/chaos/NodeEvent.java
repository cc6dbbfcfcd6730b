package io.clusterspring.benchmarks.chaos;

import java.util.List;

/**
 * An event on a node.
 *
 * @param kind the kind of the event
 * @param subject the other node, or the application
 * @param time the time of the event
 * @param view the new view, empty unless it changed
 */
record NodeEvent(Kind kind, String subject, long time, List<String> view) {

	/**
	 * The kinds of events.
	 */
	enum Kind {

		/** The node is about to connect; the subject is its incarnation. */
		READY,

		/** The node has started. */
		STARTED,

		/** Another node has joined. */
		UP,

		/** Another node has left. */
		DOWN,

		/** An application starts here. */
		RUN,

		/** An application has stopped here. */
		REST

	}

}
