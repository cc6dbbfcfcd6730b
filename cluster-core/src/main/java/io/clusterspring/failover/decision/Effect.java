package io.clusterspring.failover.decision;

import java.util.List;

import io.clusterspring.Node;
import io.clusterspring.failover.StartReason;

/**
 * An action that follows from a decision.
 */
public sealed interface Effect {

	/**
	 * Send a frame.
	 *
	 * @param receivers the nodes that receive it
	 * @param frame the frame
	 */
	record Send(List<Node> receivers, FailoverFrame frame) implements Effect {
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
