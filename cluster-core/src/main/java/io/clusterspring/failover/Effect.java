package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * An action that follows from a decision.
 */
sealed interface Effect {

	/**
	 * Send a report.
	 *
	 * @param receiver the receiver, {@code null} for all other nodes
	 * @param report the report
	 */
	record Send(@Nullable Node receiver, NodeReport report) implements Effect {
	}

	/**
	 * Ask a node for its report.
	 *
	 * @param receiver the node
	 * @param question the number of the question
	 */
	record Ask(Node receiver, long question) implements Effect {
	}

	/**
	 * Start an application on this node.
	 *
	 * @param application its name
	 * @param reason the reason of the start
	 */
	record Start(String application, StartReason reason) implements Effect {
	}

	/**
	 * Stop an application on this node.
	 *
	 * @param application its name
	 * @param token the token of its start
	 * @param cause the cause, for the log
	 */
	record Stop(String application, long token, String cause) implements Effect {
	}

	/**
	 * Log a warning.
	 *
	 * @param message the warning
	 */
	record Warn(String message) implements Effect {
	}

}
