package io.clusterspring.benchmarks.chaos;

import java.util.List;

/**
 * Something that happened on a node.
 *
 * @param kind what
 * @param subject to whom: another node, or an application
 * @param time when
 * @param view who was in the view then, empty unless it changed
 */
record NodeEvent(Kind kind, String subject, long time, List<String> view) {

	/**
	 * What may happen.
	 */
	enum Kind {

		/** It is about to connect; the subject is its incarnation. */
		READY,

		/** It has started. */
		STARTED,

		/** Another node came. */
		UP,

		/** Another node went. */
		DOWN,

		/** An application starts here. */
		RUN,

		/** An application has stopped here. */
		REST

	}

}
