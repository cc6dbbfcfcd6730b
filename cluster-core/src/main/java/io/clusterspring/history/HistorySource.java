package io.clusterspring.history;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells what a node keeps, of topics or of destinations of Spring's STOMP broker.
 */
public interface HistorySource {

	/** Return whether anything has a history. */
	boolean isUsed();

	/** Return what is kept at this moment, and what has happened so far. */
	HistoryStatistics statistics();

	/**
	 * Return for how long other nodes of the view have not told all that they have.
	 * @return the time, zero if this node knows it all
	 */
	Duration comparing();

	/** Pass the log of each topic. */
	default void forEachLog(Consumer<TopicLog> action) {
	}

}
