package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * What is to be done about a decision.
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
	 * @param question what its answer is to name
	 */
	record Ask(Node receiver, long question) implements Effect {
	}

	/**
	 * Start an application here.
	 *
	 * @param application its name
	 * @param reason why
	 */
	record Start(String application, StartReason reason) implements Effect {
	}

	/**
	 * Stop an application here.
	 *
	 * @param application its name
	 * @param token the token it was started with
	 * @param cause why, for the log
	 */
	record Stop(String application, long token, String cause) implements Effect {
	}

	/**
	 * Tell those who operate the cluster.
	 *
	 * @param message what to say
	 */
	record Warn(String message) implements Effect {
	}

}
